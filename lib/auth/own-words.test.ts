import { expect, test } from "vitest";
import { ownWords } from "./own-words";

test("own words are whole, without their separators and in parts", () => {
  const words = ownWords({
    username: "z_orkmid",
    email: "zoe.o@mail.example",
    name: "Zoë O'Rkmid",
  });
  expect(new Set(words)).toEqual(
    new Set([
      ...["z_orkmid", "zorkmid", "z", "orkmid"],
      ...["zoe.o@mail.example", "zoeomailexample", "zoe", "o", "mail", "example"],
      ...["zoe.o", "zoeo"],
      ...["Zoë O'Rkmid", "ZoëORkmid", "Zoë", "O", "Rkmid"],
      "latchkey",
    ]),
  );
  expect(words).toHaveLength(new Set(words).size);
});

test("somebody who shows no name has no empty word", () => {
  const words = ownWords({ username: "zoe", email: "zoe@mail.example", name: null });
  expect(words).not.toContain("");
  expect(ownWords({ username: "zoe", email: "zoe@mail.example", name: " - " })).not.toContain("");
});
