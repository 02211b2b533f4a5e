import { expect, test } from "vitest";
import { Attempts } from "./attempt";

const denied = () => {
  throw new DOMException("Denied", "SecurityError");
};

function tabs(text: string | null = null) {
  const cell = { text };
  const slot = {
    read: () => cell.text,
    write: (written: string) => {
      cell.text = written;
    },
    clear: () => {
      cell.text = null;
    },
  };
  let count = 0;
  const open = (store = slot) => new Attempts(store, () => `attempt-${++count}`);
  return { cell, slot, open };
}

test("the same hint has the same attempt, in every tab", () => {
  const { open } = tabs();
  expect([open().for("v1.a.1"), open().for("v1.a.1")]).toEqual(["attempt-1", "attempt-1"]);
});

test("another hint has another attempt, which is what is stored", () => {
  const { cell, open } = tabs('{"hint":"v1.a.1","attempt":"old"}');
  expect(open().for("v1.a.2")).toBe("attempt-1");
  expect(JSON.parse(cell.text ?? "")).toEqual({ hint: "v1.a.2", attempt: "attempt-1" });
});

test("what another tab wrote at the same moment is sent instead of one's own", () => {
  const { cell, slot, open } = tabs();
  const late = open({
    ...slot,
    write: () => {
      cell.text = '{"hint":"v1.a.1","attempt":"theirs"}';
    },
  });
  expect(late.for("v1.a.1")).toBe("theirs");
});

test.each([
  ["reading and writing fail", { read: denied, write: denied, clear: denied }],
  ["writing fails", { write: denied }],
  ["nothing is kept", { write: () => {} }],
])("the attempt is kept in memory where %s", (_, blocked) => {
  const { slot, open } = tabs('{"hint":"v1.old.9","attempt":"old"}');
  const attempts = open({ ...slot, ...blocked });
  expect([attempts.for("v1.a.1"), attempts.for("v1.a.1")]).toEqual(["attempt-1", "attempt-1"]);
  attempts.forget();
  expect(attempts.for("v1.a.1")).toBe("attempt-2");
});

test.each(["", "null", "[]", "{", '{"hint":1,"attempt":"x"}', '{"hint":"v1.a.1"}'])(
  "what is not an attempt counts as none: %j",
  (text) => {
    expect(tabs(text).open().for("v1.a.1")).toBe("attempt-1");
  },
);

test("without a hint every attempt is a new one, and none is stored", () => {
  const { cell, open } = tabs();
  const attempts = open();
  expect([attempts.for(null), attempts.for(null)]).toEqual(["attempt-1", "attempt-2"]);
  expect(cell.text).toBeNull();
});

test("an attempt that is forgotten is not sent again", () => {
  const { cell, open } = tabs();
  const attempts = open();
  attempts.for("v1.a.1");
  attempts.forget();
  expect(cell.text).toBeNull();
  expect(attempts.for("v1.a.1")).toBe("attempt-2");
});
