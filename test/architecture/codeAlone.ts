const COMMENT_OR_TEXT =
  /\/\*[\s\S]*?\*\/|\/\/.*|(?<!from )'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** Comments and texts may speak of it; what they are made of, and imports, may not. */
export const codeAlone = (text: string): string =>
  text.replace(COMMENT_OR_TEXT, (found) => (found.match(/(?<=\$\{)[^}]*/g) ?? []).join(';'));
