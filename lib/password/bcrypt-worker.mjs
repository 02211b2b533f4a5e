// Runs in a worker thread, so that a hash of 300 ms does not hold up everything else.
import { compareSync, hashSync } from "bcryptjs";

/** @param {{ text: string, cost: number }} task */
export const hash = ({ text, cost }) => hashSync(text, cost);

/** @param {{ text: string, bcryptHash: string }} task */
export const compare = ({ text, bcryptHash }) => compareSync(text, bcryptHash);
