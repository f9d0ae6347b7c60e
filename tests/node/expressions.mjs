// Evaluates expressions of GitHub Actions with GitHub's own evaluator: one JSON object a line in, one value a line out.
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { createInterface } from "node:readline";

const status = ["success", "failure", "always", "cancelled"];
const infos = status.map((name) => ({ name, minArgs: 0, maxArgs: 0 }));

for await (const line of createInterface({ input: process.stdin })) {
  const { expression, contexts, succeeded } = JSON.parse(line);
  const answers = { success: succeeded, failure: !succeeded, always: true, cancelled: false };
  const functions = new Map(infos.map((info) => [info.name, { ...info, call: () => new data.BooleanData(answers[info.name]) }]));
  try {
    const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), infos).parse();
    const known = JSON.parse(JSON.stringify(contexts), data.reviver);
    const value = new Evaluator(tree, known, functions).evaluate();
    const truthy = !(value.kind === data.Kind.Null || ["false", "0", ""].includes(value.coerceString()));
    console.log(JSON.stringify({ text: value.coerceString(), truthy, asked: status.some((s) => expression.includes(`${s}(`)) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
