/** Where the bundle of the lane lies, in a project that is built and in a standalone folder. */
export const LANE_FOLDER = ".next/latchkey-lane";
/** Its one file to import: `routes`, as `lane-table.ts` makes them. */
export const LANE_FILE = `${LANE_FOLDER}/routes.mjs`;
