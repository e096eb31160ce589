// What `texts.ts` makes of the languages while building.
declare module "*.ftl" {
  const source: string;
  export default source;
}
