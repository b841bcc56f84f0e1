/** Whether a path is one of the names of standard input. Deno opens most of them only for those who may do all. */
export function isStandardInput(path: string): boolean {
  return /^(-|\/dev\/(stdin|fd\/0)|\/proc\/self\/fd\/0)$/.test(path);
}
