/** Nothing. Without this file Next takes the one of the project around it, which opens our store. */
export function register(): void {}
