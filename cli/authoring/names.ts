/** kebab-case, as files, rules and playbooks are called; also the end of a Lambda's name, which has 64 characters. */
export const isName = (text: string): boolean =>
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) && text.length <= 40

/** `deny-inference` as it is exported: `denyInference`. */
export const exportOf = (name: string): string => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
