// SPDX-License-Identifier: MIT
// Good records for the self-test, each made anew: what the daemon serves, and the least that input may give.

export const day = edtf => ({ edtf, earliest: edtf, latest: edtf, approximate: false, uncertain: false });

const evidence = (certainty, source = 1) => ({
  certainty,
  source,
  asserted_by: { name: 'Example Motors', class: 'company' },
  asserted: day('2019-03-29'),
  note: null,
  quote: null,
});

const party = { id: 'example-sales', name: 'Example Sales', kind: 'dealer' };

const source = () => ({
  n: 1,
  title: 'A notice',
  description: null,
  publisher: 'Example Motors',
  url: 'https://example.org/notice',
  published: day('2019-03-29'),
  class: 'company',
  retrieved: null,
  seen: 'page excerpt',
});

const figure = () => ({
  value: 3100,
  min: null,
  max: 3100,
  unit: 'people',
  qualifier: 'up_to',
  certainty: 'claimed',
  asserted_by: { name: 'Example Motors', class: 'company' },
  publisher: 'Example Motors',
  figure: 'people-1',
  others: 0,
  rule: 'headline-1',
});

const event = () => ({
  id: 'disclosure-2019-03-29',
  date: day('2019-03-29'),
  kind: 'disclosure',
  text: 'It was announced.',
  derived: false,
  ...evidence('confirmed'),
});

const row = () => ({
  id: '2019-example',
  title: 'An example',
  summary: null,
  status: 'confirmed',
  status_note: null,
  exposure: 'suspected',
  date: { ...day('2019-03-29'), basis: 'disclosed' },
  organization: { ...party },
  country: 'JP',
  sector: '4411',
  occurred: { edtf: '[..2019-03-21~]', earliest: null, latest: '2019-03-21', approximate: true, uncertain: false },
  discovered: null,
  disclosed: day('2019-03-29'),
  affected: figure(),
  dealers: { named: 1, stated: { ...figure(), unit: 'dealers', figure: 'dealers-1', scope: 'affected' } },
  actions: ['hacking'],
  data_classes: [{ id: 'names', certainty: 'suspected' }],
  dataset: { id: 'bundled', record: null },
  duplicate_of: null,
  added: '2026-01-31T12:00:00Z',
  modified: '2026-01-31T12:00:00Z',
  withdrawn: null,
  merged_into: null,
  url: '/incidents/2019-example.json',
  html_url: '/incidents/2019-example',
});

const incident = () => ({
  ...row(),
  contained: null,
  notified: null,
  delays: { occurred_to_discovered: null, discovered_to_disclosed: null, occurred_to_disclosed: { min: 8, max: 8 } },
  dates: [{ kind: 'disclosed', date: day('2019-03-29'), ...evidence('confirmed') }],
  parties: [
    { organization: { ...party }, role: 'breached', count: null, ...evidence('suspected') },
    {
      organization: { id: null, name: 'Other dealers', kind: 'dealer' },
      role: 'disrupted',
      count: { value: 800, min: 800, max: 800, qualifier: 'about' },
      ...evidence('claimed'),
    },
  ],
  figures: [
    {
      id: 'people-1',
      value: 3100,
      min: null,
      max: 3100,
      unit: 'people',
      currency: null,
      qualifier: 'up_to',
      scope: 'affected',
      of: 'customers',
      organization: null,
      ...evidence('claimed'),
    },
  ],
  data_classes: [
    { id: 'names', text: 'names', ...evidence('suspected') },
    { id: 'payment-cards', text: 'cards', ...evidence('denied') },
  ],
  actors: [{ id: 'apt0', name: 'APT0', names: ['Zero'], kind: 'state', ...evidence('suspected') }],
  attack: [{ action: 'hacking', variety: null, vector: null, ...evidence('confirmed', null) }],
  timeline: [event(), { ...event(), id: 'statement-2019-03-29', kind: 'statement', text: null, derived: true }],
  related: [
    {
      incident: { id: '2019-other', title: 'Another' },
      relation: 'possible_link',
      derived: false,
      ...evidence('unknown'),
    },
  ],
  caveats: [
    { text: 'What was taken is not clear.', about: 'data_classes', source: 1, asserted_by: null, asserted: null },
  ],
  conflicts: [{ text: 'The number differs.', about: null, sources: [1] }],
  sources: [source()],
});

const organizationRow = () => ({
  id: 'example-sales',
  name: 'Example Sales',
  kind: 'dealer',
  country: 'JP',
  region: null,
  city: 'Tokyo',
  brands: ['Example'],
  sector: null,
  owner: { id: 'example-holdings', name: 'Example Holdings' },
  incidents: { own: 1, group: 0, inherited: 0 },
  latest: { id: '2019-example', title: 'An example', date: day('2019-03-29') },
  modified: '2026-01-31T12:00:00Z',
  url: '/dealers/example-sales.json',
  html_url: '/dealers/example-sales',
});

const item = () => ({
  ...event(),
  incident: { id: '2019-example', title: 'An example', status: 'confirmed' },
  cited: { n: 1, title: 'A notice', publisher: 'Example Motors', url: 'https://example.org/notice', class: 'company' },
  url: '/incidents/2019-example.json',
  html_url: '/incidents/2019-example#disclosure-2019-03-29',
});

const organization = () => ({
  ...organizationRow(),
  names: [{ name: '例', lang: 'ja', type: 'native', note: null }],
  website: 'https://example.org/',
  links: [
    {
      organization: { id: 'example-holdings', name: 'Example Holdings', kind: 'dealer_group' },
      relation: 'owned_by',
      from: null,
      until: null,
      ...evidence('confirmed'),
    },
  ],
  rooftops: { total: 1, data: [organizationRow()], url: '/organizations.json?owner=example-sales' },
  touching: {
    total: 1,
    data: [
      { ...row(), role: 'breached', certainty: 'suspected', via: [{ id: 'example-holdings', name: 'Example Holdings', relation: 'owned_by' }] },
    ],
    url: '/incidents.json?organization=example-sales',
  },
  events: { total: 1, data: [item()], url: '/timeline.json?organization=example-sales' },
  sources: [source()],
});

export const good = { incident, 'incident row': row, organization, 'organization row': organizationRow, event: item };

export const least = {
  incident: () => ({
    id: '2019-example',
    title: 'An example',
    status: 'claimed',
    dates: [{ kind: 'occurred', date: '2019-03-21~', certainty: 'claimed' }],
    parties: [
      { organization: { id: 'example-sales' }, role: 'breached', certainty: 'claimed' },
      { organization: { id: null, name: 'Other dealers', kind: 'dealer' }, role: 'disrupted', certainty: 'claimed' },
    ],
    figures: [{ min: 5, max: 9, unit: 'people', qualifier: 'between', scope: 'affected', certainty: 'claimed' }],
    timeline: [{ date: { edtf: '2019' }, kind: 'leak', text: 'It leaked.', certainty: 'claimed' }],
    sources: [{ n: 1, description: 'A report.', class: 'press' }],
  }),
  organization: () => ({
    id: 'example-sales',
    name: 'Example Sales',
    kind: 'dealer',
    links: [{ organization: { id: 'example-holdings' }, relation: 'owned_by', certainty: 'claimed' }],
  }),
};
