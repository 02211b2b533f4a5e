import { NEXT_SETTINGS } from "../next-settings.mjs";

export default NEXT_SETTINGS;
