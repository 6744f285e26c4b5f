// SPDX-License-Identifier: MIT
// Records against the published schemas: finds the records in whatever the project reads or serves, and checks
// each by ajv. As published, a schema asks only for what input must give; what the daemon serves has every
// member, so for that a stricter schema is derived from the same file and cannot drift from it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

// The lists of a whole record, which its list row lacks.
const INCIDENT_LISTS = [
  'contained',
  'notified',
  'delays',
  'dates',
  'parties',
  'figures',
  'actors',
  'attack',
  'timeline',
  'related',
  'caveats',
  'conflicts',
  'sources',
];
const DOCUMENT = ['datasets', 'organizations', 'incidents'];
const ABOUT_DOCUMENT = ['catalogue', '$schema'];
const OVERVIEW = ['latest', 'largest', 'dealers'];

export function readSchemas(folder) {
  const read = name => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return { incident: read('incident.json'), organization: read('organization.json') };
}

// The same schema with every member required, but those marked x-optional, and without the types that only
// input may have (x-input). Conditions are left alone: they speak of members, they do not define them.
export function served(schema) {
  if (Array.isArray(schema) || schema === null || typeof schema !== 'object') return schema;
  const strict = { ...schema };
  if (schema['x-input']) strict.type = schema.type.filter(type => !schema['x-input'].includes(type));
  for (const key of ['properties', '$defs'])
    if (schema[key])
      strict[key] = Object.fromEntries(Object.entries(schema[key]).map(([name, sub]) => [name, served(sub)]));
  if (schema.properties)
    strict.required = Object.keys(schema.properties).filter(name => !schema.properties[name]['x-optional']);
  if (schema.items) strict.items = served(schema.items);
  return strict;
}

// An incident as a list shows it: the whole one without its lists, each data class with its certainty only;
// `via` as an organisation's page has it, where a list was asked for with reach.
export function incidentRow({ incident, organization }) {
  const properties = { ...incident.properties };
  for (const name of INCIDENT_LISTS) delete properties[name];
  const { id, certainty } = incident.$defs.data_class_fact.properties;
  properties.data_classes = {
    type: 'array',
    items: { type: 'object', properties: { id, certainty }, additionalProperties: false },
  };
  properties.via = { ...organization.$defs.touching_row.properties.via, 'x-optional': true };
  const $defs = { ...incident.$defs, org_relation: organization.$defs.org_relation };
  return { ...incident, $id: 'incident-row.json', properties, $defs };
}

function compiler() {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, strictTypes: false, strictRequired: false });
  addFormats(ajv);
  ajv.addVocabulary(['x-input', 'x-optional']);
  return ajv;
}

const isObject = v => v !== null && typeof v === 'object' && !Array.isArray(v);

function datasetFaults(record) {
  return typeof record.id === 'string' && record.id ? [] : [{ path: 'id', message: 'must be text' }];
}

// "/figures/0/value" as "figures[0].value", the way the importer names places.
function place(pointer) {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(part => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

function explain(error) {
  const { keyword, params, message, data } = error;
  if (keyword === 'additionalProperties') return `has an unknown member "${params.additionalProperty}"`;
  if (keyword === 'required') return `lacks "${params.missingProperty}"`;
  if (keyword === 'enum')
    return `${JSON.stringify(data)} is none of ${params.allowedValues.map(word => JSON.stringify(word)).join(', ')}`;
  return isObject(data) || Array.isArray(data) ? message : `${JSON.stringify(data)} ${message}`;
}

// Returns check(kind, record) → faults, each {path, message}; `kind` as classify() says.
export function checker(schemas, strict) {
  const ajv = compiler();
  const compile = schema => ajv.compile(strict ? served(schema) : schema);
  const validators = { incident: compile(schemas.incident), organization: compile(schemas.organization) };
  if (strict) {
    validators['incident row'] = compile(incidentRow(schemas));
    for (const [kind, def] of [
      ['organization row', 'organization_row'],
      ['event', 'timeline_item'],
    ])
      validators[kind] = ajv.getSchema(`organization.json#/$defs/${def}`);
  }
  return (kind, record) => {
    if (kind === 'dataset') return datasetFaults(record);
    const validate = validators[kind];
    if (!validate) return [{ path: '', message: 'is neither an incident nor an organisation' }];
    return validate(record)
      ? []
      : validate.errors
          .filter(error => error.keyword !== 'if')
          .map(error => ({ path: place(error.instancePath), message: explain(error) }));
  };
}

// What a record is, by its members.
export function classify(record, strict) {
  if (!isObject(record)) return 'other';
  if ('license' in record) return 'dataset';
  const row = strict && !('sources' in record) ? ' row' : '';
  if ('title' in record) return `incident${row}`;
  if ('name' in record) return `organization${row}`;
  return strict && 'incident' in record ? 'event' : 'other';
}

const KIND_OF_LIST = { datasets: 'dataset', organizations: 'organization', incidents: 'incident' };

function* each(list, path, kind, strict) {
  if (!Array.isArray(list)) yield { path, kind: 'other', record: list };
  else
    for (const [i, record] of list.entries())
      yield { path: `${path}[${i}]`, record, kind: isObject(record) && kind ? kind : classify(record, strict) };
}

// Every record in a parsed text, {path, kind, record}: a document, an array, an answer of the daemon, or one record.
export function* records(value, strict) {
  if (Array.isArray(value)) {
    yield* each(value, '', null, strict);
  } else if (isObject(value) && !('id' in value) && DOCUMENT.some(name => name in value)) {
    for (const [name, list] of Object.entries(value))
      if (name in KIND_OF_LIST) yield* each(list, name, KIND_OF_LIST[name], strict);
      else if (!strict && !ABOUT_DOCUMENT.includes(name)) yield { path: name, kind: 'other', record: list };
  } else if (isObject(value) && 'data' in value) {
    if (isObject(value.data) && 'totals' in value.data)
      for (const name of OVERVIEW) yield* each(value.data[name], `data.${name}`, null, strict);
    else if (Array.isArray(value.data)) yield* each(value.data, 'data', null, strict);
    else yield { path: 'data', kind: classify(value.data, strict), record: value.data };
  } else {
    yield { path: '', kind: classify(value, strict), record: value };
  }
}

// The values of a text, {path, value}: one JSON text, or one a line. Throws SyntaxError with the line.
export function parse(text) {
  try {
    return [{ path: '', value: JSON.parse(text) }];
  } catch (error) {
    const lines = text
      .split('\n')
      .map((line, i) => ({ path: `line ${i + 1}`, line }))
      .filter(({ line }) => line.trim());
    if (lines.length < 2 || !isJson(lines[0].line)) throw error;
    return lines.map(({ path, line }) => {
      try {
        return { path, value: JSON.parse(line) };
      } catch (fault) {
        throw new SyntaxError(`${path}: ${fault.message}`);
      }
    });
  }
}

function isJson(line) {
  try {
    return isObject(JSON.parse(line));
  } catch {
    return false;
  }
}
