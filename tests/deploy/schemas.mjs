// SPDX-License-Identifier: MIT
// Holds compose.yaml against the Compose Specification's schema and kubernetes.yaml against Kubernetes' own, as others ship them.
// usage: node schemas.mjs DEPLOY_FOLDER
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import test from 'node:test'
import addFormats from 'ajv-formats'
import Ajv2019 from 'ajv/dist/2019.js'
import yaml from 'js-yaml'

const require = createRequire(import.meta.url)
const folder = process.argv[2]
const read = (name) => yaml.loadAll(readFileSync(join(folder, name), 'utf8'))

// --- Compose ---

const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false })
ajv.removeKeyword('id') // it stands there as older drafts have it
addFormats(ajv)
const compose = ajv.compile(require('dclint/schemas/compose.schema.json'))

test('compose.yaml is as the Compose Specification has it', () => {
  const [document] = read('compose.yaml')
  assert.ok(compose(document), JSON.stringify(compose.errors, null, 1))
})

test('a slip in it would be seen', () => {
  const [document] = read('compose.yaml')
  document.services.breachd.readonly = true
  assert.ok(!compose(document))
})

// --- Kubernetes ---

// The schemas let pass what they do not know, which is what a slip of the pen is: it is what no validator has looked at.
function watched(value, path, unread) {
  if (typeof value !== 'object' || value === null) return value
  for (const key of Object.keys(value)) unread.add(`${path}/${key}`)
  const inner = new Map()
  return new Proxy(value, {
    get(target, key) {
      unread.delete(`${path}/${String(key)}`)
      if (!inner.has(key)) inner.set(key, watched(target[key], `${path}/${String(key)}`, unread))
      return inner.get(key)
    },
  })
}

function faults(document) {
  const unread = new Set()
  const { validate } = require(`kubernetes-models/${document.apiVersion}`)[document.kind].prototype
  const found = []
  try {
    validate.call(watched(document, document.kind, unread))
  } catch (fault) {
    found.push(String(fault))
  }
  return [...found, ...[...unread].map((path) => `unknown: ${path}`)]
}

test('kubernetes.yaml is as Kubernetes has it', () => {
  const documents = read('kubernetes.yaml')
  assert.deepEqual(documents.map((d) => d.kind), ['Deployment', 'Service', 'PodDisruptionBudget', 'NetworkPolicy'])
  for (const document of documents) assert.deepEqual(faults(document), [])
})

test('slips in it would be seen', () => {
  const [deployment] = read('kubernetes.yaml')
  deployment.spec.template.spec.containers[0].securityContext.readOnlyRoot = true
  deployment.spec.replica = 2
  assert.equal(faults(deployment).length, 2)
  const [other] = read('kubernetes.yaml')
  other.spec.replicas = 'two'
  assert.equal(faults(other).length, 1)
})
