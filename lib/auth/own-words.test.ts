import { expect, test } from "vitest";
import { ownWords } from "./own-words";

test("own words are whole and in parts, in lower case and without accents", () => {
  const zoe = { username: "z_orkmid", email: "Zoe.Orkmid@Mail.example", name: " Zoë  O'Rkmid " };
  const words = ownWords(zoe);
  expect(words).toEqual(
    expect.arrayContaining([
      "z_orkmid",
      "zorkmid",
      "zoe.orkmid@mail.example",
      "zoe.orkmid",
      "zoeorkmid",
      "zoe",
      "mail",
      "rkmid",
      "latchkey",
    ]),
  );
  expect(new Set(words).size).toBe(words.length);
});

test("pieces that are in every word are none of them", () => {
  const words = ownWords({ username: "a-b", email: "a@b.cd", name: null });
  expect(words).toEqual(["a-b", "a@b.cd", "abcd", "latchkey"]);
});
