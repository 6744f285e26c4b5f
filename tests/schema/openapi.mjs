#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Checks answers against the OpenAPI document that the same service gave:
//
//     node openapi.mjs DOCUMENT ANSWERS
//
// ANSWERS has one JSON object a line: {path, template, status, type, headers, body}, the body as text. Each must be an operation of the
// document, with a status, a media type and headers that it tells of, and a JSON body that its schema allows: with no member
// that the schema does not have. Then every example of the document is held against its own schema. Prints each fault, and
// "N passed, N failed".
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [documentFile, answersFile] = process.argv.slice(2);
const document = JSON.parse(readFileSync(documentFile, 'utf8'));
let passed = 0;
let failed = 0;
function expect(name, ok, detail = '') {
  if (ok) passed++;
  else {
    failed++;
    console.log(`FAILED ${name}: ${detail}`);
  }
}

const isObject = v => v !== null && typeof v === 'object' && !Array.isArray(v);

// The document is open to members that are added later; the tests are not.
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isObject(schema)) return schema;
  const made = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  if (isObject(schema.properties) && !('type' in schema.properties && typeof schema.properties.type === 'string'))
    made.additionalProperties = made.additionalProperties ?? false;
  return made;
}

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats(ajv);
ajv.addSchema({ $id: 'doc:', components: closed(document.components) });

// Every reference of the document leads somewhere.
const at = pointer =>
  pointer
    .split('/')
    .slice(1)
    .reduce((place, key) => place?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
const follow = value => (value?.$ref ? at(value.$ref.slice(1)) : value);
const compiled = new Map();
function validator(schema) {
  const key = JSON.stringify(schema);
  if (!compiled.has(key))
    compiled.set(key, ajv.compile(JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/', '"doc:#/'))));
  return compiled.get(key);
}

function check(name, schema, value) {
  const validate = validator(schema);
  const ok = validate(value);
  expect(name, ok, ok ? '' : ajv.errorsText(validate.errors).slice(0, 600));
}

function checkAnswer({ path, template, status, type, headers, body }) {
  const name = `${path} ${status} ${type}`;
  const operation = document.paths[template]?.get;
  if (!operation) return expect(name, false, `the document has no ${template}`);
  // A status of its own is what is told; "default" is for those that are no answer to a sound request.
  const response = follow(operation.responses[status] ?? (status >= 400 ? operation.responses.default : undefined));
  if (!response) return expect(name, false, `${template} tells of no ${status}`);
  if (!operation.responses[status]) expect(`${name} in words`, response.description.includes(` ${status}: `), response.description);
  for (const [field, header] of Object.entries(response.headers ?? {})) {
    const value = headers[field.toLowerCase()];
    if (value !== undefined) check(`${name}: ${field}`, follow(header).schema, value);
    else expect(`${name}: ${field}`, ['link'].includes(field.toLowerCase()) && status !== 200, 'is not there');
  }
  if (status < 400 && status !== 200) return expect(name, true);
  const content = Object.entries(response.content ?? {}).find(([media]) => media.split(';')[0] === type);
  if (!content) return expect(name, false, `tells of no ${type}`);
  if (!/^application\/(.*\+)?json$/.test(type)) return expect(name, content[1].schema.type === 'string', 'no string');
  check(name, content[1].schema, JSON.parse(body));
}

function checkExample(name, schema, example) {
  if (example !== undefined) check(`example of ${name}`, schema, example);
}

for (const line of readFileSync(answersFile, 'utf8').split('\n').filter(Boolean)) checkAnswer(JSON.parse(line));
for (const [name, parameter] of Object.entries(document.components.parameters))
  checkExample(name, parameter.schema, parameter.example);
for (const [name, header] of Object.entries(document.components.headers)) checkExample(name, header.schema, header.example);
for (const [path, { get }] of Object.entries(document.paths))
  for (const one of get.parameters ?? []) {
    const parameter = follow(one);
    expect(`a parameter of ${path}`, parameter !== undefined, JSON.stringify(one));
    if (!one.$ref) checkExample(`${path} ${one.name}`, one.schema, one.example);
  }
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
