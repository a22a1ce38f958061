import ts from "typescript";

/** One place where code asks for a message. `pattern` matches the keys it may mean: one for a literal, several for a template. */
export interface UsedKey {
  readonly line: number;
  readonly shown: string;
  readonly pattern: RegExp;
  readonly namespaces: readonly string[];
}

const defaultNamespace = "app"; // web/ui/i18n.ts: defaultNS
const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The literal pieces of a key expression: one piece is the key itself, between two pieces stands anything. Null where the key is a value from elsewhere. */
function piecesOf(node: ts.Expression): string[][] {
  if (ts.isStringLiteralLike(node)) return [[node.text]];
  if (ts.isTemplateExpression(node)) return [[node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]];
  if (ts.isConditionalExpression(node)) return [...piecesOf(node.whenTrue), ...piecesOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return piecesOf(node.expression);
  return [];
}

function stringsIn(node: ts.Node | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  return ts.isArrayLiteralExpression(node) ? node.elements.flatMap(stringsIn) : [];
}

function calledName(call: ts.CallExpression): string {
  if (ts.isIdentifier(call.expression)) return call.expression.text;
  return ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : "";
}

function property(node: ts.Node | undefined, name: string): ts.Expression | undefined {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
  const found = node.properties.find((entry) => entry.name !== undefined && ts.isIdentifier(entry.name) && entry.name.text === name);
  return found !== undefined && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** Every call of t("key") and <Trans i18nKey="key"> in the text of one file, with the namespaces in which i18next would look. */
export function usedKeys(file: string, text: string): UsedKey[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const fileNamespaces = new Set<string>();
  const asked: { node: ts.Expression; namespaces: string[] }[] = [];
  const prefixes = new Set<string>();
  walk(source, (node) => {
    if (ts.isCallExpression(node) && calledName(node) === "useTranslation") {
      for (const namespace of node.arguments.length === 0 ? [defaultNamespace] : stringsIn(node.arguments[0]))
        fileNamespaces.add(namespace);
      for (const prefix of stringsIn(property(node.arguments[1], "keyPrefix"))) prefixes.add(`${prefix}.`);
    }
    const first = ts.isCallExpression(node) && calledName(node) === "t" ? node.arguments[0] : undefined;
    if (first !== undefined && ts.isCallExpression(node)) {
      asked.push({ node: first, namespaces: stringsIn(property(node.arguments[1], "ns")) });
    }
    if (ts.isJsxAttribute(node) && node.name.getText() === "i18nKey" && node.initializer !== undefined) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value !== undefined && ts.isExpression(value)) asked.push({ node: value, namespaces: [] });
    }
  });
  if (fileNamespaces.size === 0) fileNamespaces.add(defaultNamespace);
  return asked.flatMap(({ node, namespaces }) =>
    piecesOf(node).map((pieces) => {
      const whole = pieces.join("\0");
      const colon = whole.indexOf(":");
      const own = colon === -1 || whole.slice(0, colon).includes("\0") ? null : whole.slice(0, colon);
      const keyPieces = (own === null ? whole : whole.slice(colon + 1)).split("\0").map(escapeRegExp);
      const prefix = prefixes.size === 0 ? "" : `(?:${[...prefixes].map(escapeRegExp).join("|")})?`;
      return {
        line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        shown: JSON.stringify(whole.replaceAll("\0", "…")),
        pattern: new RegExp(`^${prefix}${keyPieces.join(".+")}(?:_(?:ordinal_)?(?:zero|one|two|few|many|other))?$`),
        namespaces: own !== null ? [own] : namespaces.length > 0 ? namespaces : [...fileNamespaces],
      };
    }),
  );
}

/** Whether the messages, by namespace, hold at least one key that is meant. */
export function keyExists(used: UsedKey, messages: ReadonlyMap<string, ReadonlyMap<string, string>>): boolean {
  return used.namespaces.some((namespace) => [...(messages.get(namespace)?.keys() ?? [])].some((key) => used.pattern.test(key)));
}
