import type { prepareCode as prepareSources } from "./prepare-code";

/** What stands in the place of `prepare-code.ts` in a bundle, which is made when everything is generated. */
export const prepareCode: typeof prepareSources = async () => {};
