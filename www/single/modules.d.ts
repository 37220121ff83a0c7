/** Scripts that are built or installed. */

declare module "*/downhill-web.js";
declare module "*/downhill-formulas.js";
declare module "*/micropython.mjs";
declare module "*/packed.js" {
  export const packed: string;
}
