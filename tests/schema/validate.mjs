#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Checks files of records against the published schemas:
//
//     node validate.mjs SCHEMADIR [--served] FILE...      ("-" is standard input)
//
// A file is a document ({"incidents": [...]} and so on), an array, NDJSON, an answer of the daemon, or one
// record; a folder stands for the *.json and *.ndjson in it. --served asks for every member the daemon serves,
// and knows list rows and events too; the lines of /catalogue.ndjson are input and checked without it.
// Exit 0: all passed, 1: not all, 2: usage.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checker, parse, readSchemas, records } from './records.mjs';

function filesOf(name) {
  if (name === '-' || !statSync(name).isDirectory()) return [name];
  const found = readdirSync(name, { recursive: true }).filter(file => /\.(nd)?json$/.test(file));
  return found.sort().map(file => join(name, file));
}

function checkFile(file, check, strict, tally) {
  const fault = (path, message) => console.log(`${file}: ${path ? `${path}: ` : ''}${message}`);
  let values;
  try {
    values = parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    tally.failed++;
    fault('', error.message);
    return;
  }
  let found = 0;
  for (const { path: line, value } of values)
    for (const { path, kind, record } of records(value, strict)) {
      found++;
      const faults = check(kind, record);
      tally[faults.length ? 'failed' : 'passed']++;
      const at = [line, path].filter(Boolean).join(': ');
      for (const { path: member, message } of faults)
        fault(at && member && !line ? `${at}.${member}` : [at, member].filter(Boolean).join(': '), message);
    }
  // An empty list is a right answer; a file in which nothing is found is not.
  if (found === 0 && !strict) {
    tally.failed++;
    fault('', 'holds no record');
  }
}

const args = process.argv.slice(2);
const strict = args.includes('--served');
const [folder, ...files] = args.filter(arg => arg !== '--served');
if (files.length === 0 || args.some(arg => arg.startsWith('--') && arg !== '--served')) {
  console.error('usage: node validate.mjs SCHEMADIR [--served] FILE...');
  process.exit(2);
}
const check = checker(readSchemas(folder), strict);
const tally = { passed: 0, failed: 0 };
for (const file of files.flatMap(filesOf)) checkFile(file, check, strict, tally);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed ? 1 : 0;
