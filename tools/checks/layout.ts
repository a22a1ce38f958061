import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repositoryFiles } from "../source-files.ts";
import type { Step } from "./step.ts";

// Attributes of Mantine and of HTML that name a side of the page instead of a side of the text.
const sidedAttributes: Record<string, string> = { ml: "ms", mr: "me", pl: "ps", pr: "pe", left: "start", right: "end" };
const alignments = new Set(["ta", "align", "justify", "textAlign", "float"]);
const sidedStyle = /^(margin|padding|border)(Left|Right)|^border(Top|Bottom)(Left|Right)Radius$|^(left|right)$/;
const sidedCss =
  /(?:^|[{;\s])((?:margin|padding|scroll-margin|scroll-padding|border)-(?:left|right)[\w-]*|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:|(text-align|float|clear)\s*:\s*(left|right)\b/g;

// A drawing has its own axes: chart margins, positions on a canvas.
const drawing = /^(margin|padding|position|coordinate|viewBox|domain)$/;

function attributeFault(node: ts.JsxAttribute): string | null {
  const name = node.name.getText();
  const element = node.parent.parent.tagName.getText();
  if (sidedAttributes[name] !== undefined && /^[A-Za-z]/.test(element))
    return `${name}= names a side of the page: use ${sidedAttributes[name]}`;
  const value = node.initializer && ts.isStringLiteral(node.initializer) ? node.initializer.text : "";
  return alignments.has(name) && (value === "left" || value === "right")
    ? `${name}="${value}" names a side of the page: use start or end`
    : null;
}

function propertyFault(node: ts.PropertyAssignment): string | null {
  const name = ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : "";
  if (alignments.has(name) && ts.isStringLiteral(node.initializer) && /^(left|right)$/.test(node.initializer.text)) {
    return `${name}: "${node.initializer.text}" names a side of the page: use start or end`;
  }
  if (!sidedStyle.test(name)) return null;
  if ((name === "left" || name === "right") && !insideStyle(node)) return null;
  return `${name} names a side of the page: use the inline property`;
}

/** Whether an object literal ends in a style={} or styles={} attribute before it ends in one that places a drawing. */
function insideStyle(node: ts.Node): boolean {
  for (let up: ts.Node = node; up.parent !== undefined; up = up.parent) {
    if (!ts.isJsxAttribute(up)) continue;
    const name = up.name.getText();
    return !drawing.test(name) && /^(style|styles|sx|vars)$/.test(name);
  }
  return false;
}

/** Places in one file of web/ where layout names left or right, which mirrors wrongly in Arabic and Persian. */
export function sidedLayout(file: string, text: string): string[] {
  if (file.endsWith(".css")) {
    const code = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
    return [...code.matchAll(sidedCss)].map((match) => {
      const line = code.slice(0, match.index + match[0].search(/\S/)).split("\n").length;
      return `${file}:${line}: ${match[1] ?? `${match[2]}: ${match[3]}`} names a side of the page: use start and end`;
    });
  }
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const faults: string[] = [];
  const visit = (node: ts.Node) => {
    const fault = ts.isJsxAttribute(node) ? attributeFault(node) : ts.isPropertyAssignment(node) ? propertyFault(node) : null;
    if (fault !== null) faults.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${fault}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return faults;
}

export const layoutIsLogical: Step = {
  name: "layout uses start and end",
  run(root) {
    const files = repositoryFiles(root).filter((file) => /^web\/.*\.(tsx?|css)$/.test(file));
    if (files.length === 0) throw new Error("there is no page under web/ to check");
    return files.flatMap((file) => sidedLayout(file, readFileSync(join(root, file), "utf8")));
  },
};
