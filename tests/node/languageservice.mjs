// Checks action.yml and workflow files with GitHub's own language service: `file:line:column: message` for each complaint.
import { validate } from "@actions/languageservice";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";

let complaints = 0;
for (const file of process.argv.slice(2)) {
  const document = TextDocument.create(pathToFileURL(file).href, "yaml", 0, readFileSync(file, "utf8"));
  for (const { range, message } of await validate(document)) {
    complaints += 1;
    console.log(`${file}:${range.start.line + 1}:${range.start.character + 1}: ${message}`);
  }
}
process.exit(complaints ? 1 : 0);
