import { hashSync } from "bcryptjs";
import type { Candidate } from "../candidate";

/** Somebody from elsewhere, as an export tells of her. */
export const ANNA: Candidate = {
  id: null,
  username: "Anna",
  email: " Anna@Example.com",
  name: " Anna A ",
  role: "user",
  disabled: false,
  passwordHash: hashSync("correct horse battery", 4),
  createdAt: null,
  deviceEpoch: 0,
};
