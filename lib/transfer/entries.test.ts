import { expect, test } from "vitest";
import { type Entry, entriesOf } from "./entries";
import { allOf } from "./testing/all-of";
import { textOf } from "./text";

/** The bytes come one by one, as from a slow pipe: what belongs together must not depend on chunks. */
async function read(content: string | Uint8Array): Promise<readonly Entry[]> {
  const bytes = Buffer.from(content as string);
  const chunks = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  return allOf(entriesOf(textOf(chunks)));
}

const ANNA = { username: "anna", email: "anna@example.com" };
const BEN = { username: "ben", email: "ben@example.com" };

test.each([
  ["JSON lines", `${JSON.stringify(ANNA)}\n${JSON.stringify(BEN)}`, ["line 1", "line 2"]],
  ["an array", JSON.stringify([ANNA, BEN], null, 2), ["entry 1", "entry 2"]],
  ["an object of objects", JSON.stringify({ anna: ANNA, ben: BEN }), ["entry 1", "entry 2"]],
  [
    "one whose keys alone are the names",
    JSON.stringify({ anna: { email: ANNA.email }, ben: { email: BEN.email } }, null, 1),
    ["entry 1", "entry 2"],
  ],
  [
    "CSV",
    "username,email\r\nanna,anna@example.com\r\nben,ben@example.com\r\n",
    ["line 2", "line 3"],
  ],
  ["one object", JSON.stringify(ANNA), ["line 1"]],
  ["one object on several lines, in a list", JSON.stringify([ANNA], null, 2), ["entry 1"]],
])("%s is read with the places of its entries", async (_, content, places) => {
  const entries = await read(content);
  expect(entries.map(({ place }) => place)).toEqual(places);
  expect(entries.map(({ value }) => value)).toEqual([ANNA, BEN].slice(0, places.length));
});

test("a byte order mark, blank lines and separators inside of names change nothing", async () => {
  const name = "Anna\u2028Å\u0085";
  const content = `\ufeff\n\n${JSON.stringify({ ...ANNA, name })}\n\n${JSON.stringify(BEN)}\n`;
  expect(await read(content)).toEqual([
    { place: "line 3", value: { ...ANNA, name } },
    { place: "line 5", value: BEN },
  ]);
});

test("a line that is no JSON is an entry that is nothing, and the others are read", async () => {
  const entries = await read(`${JSON.stringify(ANNA)}\n{"username": \n${JSON.stringify(BEN)}\n`);
  expect(entries.map(({ value }) => value)).toEqual([ANNA, undefined, BEN]);
});

test("CSV may hold quotes, commas and line ends, and an empty cell is absent", async () => {
  const content = '\nName,Hash\n"Diego, the ""second""\nof them","$argon2id$v=19$m=1,t=1"\nEva,\n';
  expect(await read(content)).toEqual([
    {
      place: "line 4",
      value: { Name: 'Diego, the "second"\nof them', Hash: "$argon2id$v=19$m=1,t=1" },
    },
    { place: "line 5", value: { Name: "Eva", Hash: null } },
  ]);
});

test("of CSV a row with more or fewer cells than the header is told, and the others stay", async () => {
  expect(await read("a,b\n1,2\n1\n1,2,3\n3,4\n")).toEqual([
    { place: "line 2", value: { a: "1", b: "2" } },
    { place: "line 3", value: undefined },
    { place: "line 4", value: undefined },
    { place: "line 5", value: { a: "3", b: "4" } },
  ]);
});

test("a file without users has no entries", async () => {
  for (const content of ["", "\n\n", "username,email\n", "[]", "{}"]) {
    expect(await read(content)).toEqual([]);
  }
});

test.each([
  ["no UTF-8", Buffer.from("username\nann\xe9", "latin1"), "not UTF-8"],
  ["UTF-16", Buffer.from("\ufeffusername,email\n", "utf16le"), "not UTF-8"],
  ["JSON that breaks off", '[{"username": "anna"},', "neither JSON nor JSON lines"],
  ["a quote that is never closed", 'a,b\n"1,2\n', "neither JSON nor CSV with a header"],
])("%s is said in one sentence", async (_, content, sentence) => {
  await expect(read(content)).rejects.toMatchObject({
    name: "UnreadableFile",
    message: expect.stringContaining(sentence),
  });
});
