// SPDX-License-Identifier: MIT
// Proves that the validator finds faults: takes good records apart, one change at a time, and expects each to be
// told by its place. Then looks at the schemas themselves. Prints "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { checker, classify, incidentRow, parse, readSchemas, records } from './records.mjs';
import { day, good, least } from './samples.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const folder = join(root, 'static', 'schemas');
const schemas = readSchemas(folder);
const check = { served: checker(schemas, true), input: checker(schemas, false) };

let passed = 0;
let failed = 0;
function expect(name, ok, detail = '') {
  if (ok) passed++;
  else {
    failed++;
    console.log(`FAILED ${name} ${detail}`);
  }
}

const at = (record, path) => path.reduce((place, key) => place[key], record);
const drop =
  (...path) =>
  record => {
    delete at(record, path.slice(0, -1))[path.at(-1)];
  };
const put =
  (value, ...path) =>
  record => {
    at(record, path.slice(0, -1))[path.at(-1)] = value;
  };

// mode, kind, change, where the fault is told, a part of what is told
const FAULTS = [
  ['served', 'incident', drop('summary'), '', 'lacks "summary"'],
  ['served', 'incident', drop('caveats'), '', 'lacks "caveats"'],
  ['served', 'incident', drop('parties', 0, 'note'), 'parties[0]', 'lacks "note"'],
  ['served', 'incident', drop('disclosed', 'earliest'), 'disclosed', 'lacks "earliest"'],
  ['served', 'incident', drop('date', 'basis'), 'date', 'lacks "basis"'],
  ['served', 'incident', drop('figures', 0, 'asserted_by', 'class'), 'figures[0].asserted_by', 'lacks "class"'],
  ['served', 'incident', drop('dealers', 'stated', 'scope'), 'dealers.stated', 'lacks "scope"'],
  ['served', 'incident', drop('delays', 'occurred_to_disclosed', 'max'), 'delays.occurred_to_disclosed', 'lacks "max"'],
  ['served', 'incident', drop('sources', 0, 'seen'), 'sources[0]', 'lacks "seen"'],
  ['served', 'incident', put('2019-03-29', 'dates', 0, 'date'), 'dates[0].date', 'must be object,null'],
  ['served', 'incident', put([], 'via'), '', 'unknown member "via"'],
  ['served', 'incident row', drop('dealers'), '', 'lacks "dealers"'],
  ['served', 'incident row', put('names', 'data_classes', 0, 'text'), 'data_classes[0]', 'unknown member "text"'],
  ['served', 'incident row', put([{ id: 'x' }], 'via'), 'via[0]', 'lacks "name"'],
  ['served', 'organization', drop('rooftops'), '', 'lacks "rooftops"'],
  ['served', 'organization', drop('touching', 'data', 0, 'via'), 'touching.data[0]', 'lacks "via"'],
  ['served', 'organization', drop('events', 'data', 0, 'cited', 'url'), 'events.data[0].cited', 'lacks "url"'],
  ['served', 'organization', put('many', 'incidents', 'own'), 'incidents.own', 'must be integer'],
  ['served', 'organization row', drop('latest', 'date'), 'latest', 'lacks "date"'],
  ['served', 'event', drop('html_url'), '', 'lacks "html_url"'],
  ['input', 'incident', drop('title'), '', 'lacks "title"'],
  ['input', 'incident', put('perhaps', 'status'), 'status', 'is none of "claimed"'],
  ['input', 'incident', put('x', 'nonsense'), '', 'unknown member "nonsense"'],
  ['input', 'incident', put('A_b', 'id'), 'id', 'must match pattern'],
  ['input', 'incident', put(`a${'b'.repeat(128)}`, 'id'), 'id', 'must match pattern'],
  ['input', 'incident', put('', 'title'), 'title', 'fewer than 1'],
  ['input', 'incident', put(null, 'figures'), 'figures', 'must be array'],
  ['input', 'incident', put('yesterday', 'added'), 'added', 'must match format'],
  ['input', 'incident', drop('figures', 0, 'certainty'), 'figures[0]', 'lacks "certainty"'],
  ['input', 'incident', put(7, 'figures', 0, 'value'), 'figures[0].value', 'must be null'],
  ['input', 'incident', drop('figures', 0, 'max'), 'figures[0]', 'lacks "max"'],
  ['input', 'incident', put(-1, 'figures', 0, 'min'), 'figures[0].min', 'must be >= 0'],
  ['input', 'incident', put(1.5, 'figures', 0, 'min'), 'figures[0].min', 'must be integer'],
  ['input', 'incident', put('money', 'figures', 0, 'unit'), 'figures[0]', 'lacks "currency"'],
  ['input', 'incident', put('JPY', 'figures', 0, 'currency'), 'figures[0].currency', 'must be null'],
  ['input', 'incident', put('up_to', 'figures', 0, 'qualifier'), 'figures[0]', 'lacks "value"'],
  ['input', 'incident', put('soon', 'dates', 0, 'date'), 'dates[0].date', 'must match pattern'],
  ['input', 'incident', put({}, 'dates', 0, 'date'), 'dates[0].date', 'lacks "edtf"'],
  [
    'input',
    'incident',
    put({ ...day('2019'), basis: 'x' }, 'dates', 0, 'date'),
    'dates[0].date',
    'unknown member "basis"',
  ],
  ['input', 'incident', drop('parties', 1, 'organization', 'kind'), 'parties[1].organization', 'lacks "kind"'],
  ['input', 'incident', put(null, 'parties', 0, 'organization'), 'parties[0].organization', 'must be object'],
  ['input', 'incident', put('victim', 'parties', 0, 'role'), 'parties[0].role', 'is none of "breached"'],
  ['input', 'incident', drop('timeline', 0, 'text'), 'timeline[0]', 'lacks "text"'],
  ['input', 'incident', put('q'.repeat(301), 'timeline', 0, 'quote'), 'timeline[0].quote', 'more than 300'],
  ['input', 'incident', put(0, 'timeline', 0, 'source'), 'timeline[0].source', 'must be >= 1'],
  ['input', 'incident', put(0, 'sources', 0, 'n'), 'sources[0].n', 'must be >= 1'],
  ['input', 'incident', put('blog', 'sources', 0, 'class'), 'sources[0].class', 'is none of "regulator"'],
  ['input', 'incident', put('ftp://example.org/', 'sources', 0, 'url'), 'sources[0].url', 'must match pattern'],
  ['input', 'incident', drop('sources', 0, 'description'), 'sources[0]', 'lacks "description"'],
  ['input', 'organization', drop('kind'), '', 'lacks "kind"'],
  ['input', 'organization', put('jp', 'country'), 'country', 'must match pattern'],
  ['input', 'organization', put('44-11', 'sector'), 'sector', 'must match pattern'],
  ['input', 'organization', put('Example', 'brands'), 'brands', 'must be array'],
  ['input', 'organization', put(null, 'links', 0, 'organization', 'id'), 'links[0].organization.id', 'must be string'],
  ['input', 'organization', put('parent', 'links', 0, 'relation'), 'links[0].relation', 'is none of "owned_by"'],
];

function testRecords() {
  const samples = { served: good, input: least };
  for (const [mode, kinds] of Object.entries(samples))
    for (const [kind, make] of Object.entries(kinds)) {
      const faults = check[mode](kind, make());
      expect(`good ${mode} ${kind}`, faults.length === 0, JSON.stringify(faults));
      expect(`known ${mode} ${kind}`, mode === 'input' || classify(make(), true) === kind, classify(make(), true));
    }
  for (const kind of ['incident', 'organization'])
    expect(`what is served is input: ${kind}`, check.input(kind, good[kind]()).length === 0);
  for (const [mode, kind, change, path, part] of FAULTS) {
    const record = samples[mode][kind]();
    change(record);
    const faults = check[mode](kind, record);
    expect(
      `${mode} ${kind}: ${path} ${part}`,
      faults.some(fault => fault.path === path && fault.message.includes(part)),
      JSON.stringify(faults),
    );
  }
}

// What is found in a text: its kinds, in order.
const FORMS = [
  [
    'a document',
    false,
    { incidents: [least.incident()], organizations: [least.organization()], datasets: [{ id: 'x', title: 'X' }] },
    'incident organization dataset',
  ],
  ['an array', false, [least.incident(), least.organization()], 'incident organization'],
  ['one record', false, least.organization(), 'organization'],
  ['one organisation as served, which has a member "incidents"', true, good.organization(), 'organization'],
  ['an answer with one record', true, { data: good.incident(), catalogue: {} }, 'incident'],
  [
    'an answer with a list',
    true,
    { data: [good['incident row'](), good['incident row']()], total: 2 },
    'incident row incident row',
  ],
  ['an answer without any', true, { data: [], total: 0 }, ''],
  [
    'an overview',
    true,
    { data: { totals: {}, latest: [good['incident row']()], largest: [], dealers: [good['organization row']()] } },
    'incident row organization row',
  ],
  ['a document with a stray member', false, { incidents: [], incident: [] }, 'other'],
  ['a list that is none', false, { incidents: {} }, 'other'],
  ['text', false, 'incident', 'other'],
  ['numbers', false, [1, null], 'other other'],
];

function testForms() {
  for (const [name, strict, value, kinds] of FORMS) {
    const found = [...records(value, strict)].map(({ kind }) => kind).join(' ');
    expect(`found in ${name}`, found === kinds, found);
  }
  const lines = [least.incident(), least.organization()].map(record => JSON.stringify(record)).join('\n');
  expect(
    'NDJSON',
    parse(`${lines}\n`)
      .map(({ path }) => path)
      .join() === 'line 1,line 2',
  );
}

function run(args, input) {
  const { status, stdout } = spawnSync(process.execPath, [join(here, 'validate.mjs'), folder, ...args], {
    input,
    encoding: 'utf8',
  });
  return { status, stdout };
}

// The command: input, exit status, a part of what it prints.
function testCommand() {
  const bad = { ...least.incident(), status: 'maybe' };
  const cases = [
    ['good', [], JSON.stringify({ incidents: [least.incident()] }), 0, '1 passed, 0 failed'],
    [
      'bad',
      [],
      JSON.stringify({ incidents: [least.incident(), bad] }),
      1,
      '-: incidents[1].status: "maybe" is none of',
    ],
    ['counts', [], JSON.stringify({ incidents: [least.incident(), bad] }), 1, '\n1 passed, 1 failed\n'],
    [
      'a bad line',
      [],
      `${JSON.stringify(least.incident())}\n${JSON.stringify(bad)}\n`,
      1,
      '-: line 2: status: "maybe"',
    ],
    ['a line that is no JSON', [], `${JSON.stringify(least.incident())}\n{"id":\n`, 1, '-: line 2: '],
    ['a served list', ['--served'], JSON.stringify({ data: [good['incident row']()] }), 0, '1 passed, 0 failed'],
    [
      'input is not enough where served',
      ['--served'],
      JSON.stringify({ data: least.incident() }),
      1,
      '-: data: lacks "summary"',
    ],
    ['nothing', [], '', 1, '0 passed, 1 failed'],
    ['an empty array', [], '[]', 1, 'holds no record'],
  ];
  for (const [name, args, input, status, part] of cases) {
    const ran = run([...args, '-'], input);
    expect(`command: ${name}`, ran.status === status && ran.stdout.includes(part), JSON.stringify(ran));
  }
  expect('command: a missing file', run(['no-such-file.json']).status === 1);
  expect('command: usage', run([]).status === 2 && run(['--strict', '-'], '{}').status === 2);
}

// Every subschema of S that defines members, with its place.
function* shapes(s, path) {
  if (s === null || typeof s !== 'object') return;
  if (s.properties) yield { path, shape: s };
  for (const key of ['properties', '$defs'])
    for (const [name, sub] of Object.entries(s[key] ?? {})) yield* shapes(sub, `${path}.${name}`);
  yield* shapes(s.items, `${path}[]`);
}

// What S says of itself, or else what it refers to.
function description(schema, s) {
  return s.description ?? (s.$ref ? description(schema, at(schema, s.$ref.slice(2).split('/'))) : '');
}

function testShapes(name, schema) {
  for (const { path, shape } of shapes(schema, name)) {
    expect(`${path} is closed`, shape.additionalProperties === false);
    for (const [member, sub] of Object.entries(shape.properties)) {
      expect(`${path}.${member} is described in one sentence`, /^[A-Z][^\n]*\.$/.test(description(schema, sub)));
      expect(`${path}.${member} is not both derived and required`, !(sub.readOnly && shape.required?.includes(member)));
    }
  }
}

// The vocabularies as the program has them: name → ids in order.
function vocabularies() {
  const model = join(root, 'lib', 'model');
  const text = readdirSync(model)
    .filter(file => /^vocab.*\.c$/.test(file))
    .map(file => readFileSync(join(model, file), 'utf8'))
    .join('\n');
  const tables = text.matchAll(/static const struct word (\w+)\[\] = \{([^]*?)\n\};/g);
  return Object.fromEntries(
    [...tables].map(([, name, body]) => [name, [...body.matchAll(/\{\s*"([a-z_-]+)",\s*"/g)].map(([, id]) => id)]),
  );
}

function testVocabularies() {
  const ids = vocabularies();
  expect('the program has vocabularies', Object.keys(ids).length >= 18);
  for (const [file, { $defs }] of Object.entries(schemas))
    for (const [name, def] of Object.entries($defs).filter(([, def]) => def.enum)) {
      const words = def.enum.filter(word => word !== null);
      const own = ids[name === 'about' ? 'list_name' : name];
      expect(`the words of ${name} in ${file} are the program's`, isDeepStrictEqual(words, own), `${words} / ${own}`);
    }
}

function testAgreement() {
  const { incident, organization } = schemas;
  for (const name of Object.keys(organization.$defs))
    expect(
      `both files define ${name} alike`,
      !(name in incident.$defs) || isDeepStrictEqual(incident.$defs[name], organization.$defs[name]),
    );
  const touching = organization.$defs.touching_row.properties;
  const row = incidentRow(schemas).properties;
  // `via` is always there and data classes are told in other words.
  for (const name of Object.keys(row).filter(name => name !== 'via' && name !== 'data_classes'))
    expect(`an organisation's incidents have ${name} as list rows do`, isDeepStrictEqual(touching[name], row[name]));
  expect(
    'and no more than the part in it',
    isDeepStrictEqual(
      Object.keys(touching).filter(name => !(name in row)),
      ['role', 'certainty'],
    ),
  );
}

testRecords();
testForms();
testCommand();
testShapes('incident', schemas.incident);
testShapes('organization', schemas.organization);
testVocabularies();
testAgreement();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
