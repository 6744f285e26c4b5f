// SPDX-License-Identifier: MIT
// The ways that people take, with a narrow screen and a wide one, with a mouse and with the keys alone. Nothing here runs script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WIDTHS, launch, openWindow, serve } from './world.mjs';

const FIRST = '/incidents/2019-03-toyota-japan-sales-subsidiaries';
let service, browser;

before(async () => {
  service = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await service?.stop();
});

/** A test in each width, in a window of its own that has to stay without a fault. */
function way(name, take) {
  for (const width of WIDTHS)
    test(`${name}, at ${width} pixels`, async () => {
      const window = await openWindow(browser, service.origin, { width });
      await take(window.page, window);
      assert.deepEqual(window.faults, []);
      await window.close();
    });
}

const data = async target => (await fetch(service.origin + target)).json();
const at = page => page.url().slice(service.origin.length);
const asked = page => new URL(page.url()).searchParams;
const heading = page => page.getByRole('heading', { level: 1 }).innerText();
const main = page => page.getByRole('main');

/** Addresses of records that the page leads to, each once. */
async function records(page, resource) {
  const all = await main(page)
    .locator('a[href]')
    .evaluateAll(links => links.map(link => link.getAttribute('href')));
  const pattern = new RegExp(`^/${resource}/[^/?#]+$`);
  return [...new Set(all.filter(href => pattern.test(href)))];
}

/** The first of LINKS, in whatever is folded up. */
async function follow(links) {
  const link = links.first();
  await link.waitFor({ state: 'attached' });
  for (let i = 0; i < 5 && !(await link.isVisible()); i++) {
    const folded = link.locator('xpath=ancestor::details[not(@open)]').first();
    await folded.locator('summary').first().click();
  }
  await link.click();
}

way('finding a dealer', async page => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Dealers', exact: true }).click();
  assert.equal(at(page), '/dealers');
  const box = page.getByRole('search').getByRole('searchbox').first();
  await box.fill('toyopet');
  await box.press('Enter');
  assert.equal(asked(page).get('q'), 'toyopet');
  const wanted = (await data(`/dealers.json?q=toyopet`)).data;
  assert.ok(wanted.length > 0);
  const shown = await records(page, 'dealers');
  for (const { id } of wanted) assert.ok(shown.includes(`/dealers/${id}`), id);
  assert.ok(!shown.includes('/dealers/carmax'));
  await follow(main(page).locator(`a[href="/dealers/${wanted[0].id}"]`));
  assert.equal(at(page), `/dealers/${wanted[0].id}`);
  assert.equal(await heading(page), wanted[0].name);
  assert.ok((await records(page, 'incidents')).length > 0);
});

way('filtering by country and year, and taking a filter back', async page => {
  await page.goto('/incidents');
  await follow(main(page).locator('a[href^="/incidents?"][href*="country=JP"]'));
  assert.equal(asked(page).get('country'), 'JP');
  await follow(main(page).locator('a[href*="country=JP"][href*="year=2019"]:not([href*="%2C"]):not([href*="2019,"])'));
  assert.deepEqual([asked(page).get('country'), asked(page).get('year')], ['JP', '2019']);
  const wanted = await data('/incidents.json?country=JP&year=2019');
  assert.ok(wanted.total > 0 && wanted.total <= wanted.page.limit);
  const shown = await records(page, 'incidents');
  for (const { id } of wanted.data) assert.ok(shown.includes(`/incidents/${id}`), id);
  await follow(main(page).locator('a[href="/incidents?year=2019"]'));
  assert.deepEqual([asked(page).get('country'), asked(page).get('year')], [null, '2019']);
  await page.goBack();
  assert.equal(asked(page).get('country'), 'JP');
});

way('asking by the form', async page => {
  await page.goto('/dealers');
  const form = page.getByRole('search').first();
  const country = form.getByRole('combobox', { name: 'Country' });
  for (const folded of await form.locator('details:not([open]) > summary').all()) await folded.click();
  await country.selectOption('JP');
  await form.getByRole('button').first().click();
  assert.equal(asked(page).get('country'), 'JP');
  const { total } = await data('/dealers.json?country=JP');
  assert.match(await main(page).innerText(), new RegExp(`\\b${total}\\b`));
});

way('reading an incident', async page => {
  const { data: incident } = await data(`${FIRST}.json`);
  await page.goto('/incidents?q=toyota&year=2019');
  await follow(main(page).locator(`a[href="${FIRST}"]`));
  assert.equal(await heading(page), incident.title);
  const text = await main(page).innerText();
  assert.ok(text.includes('3,100,000') || text.includes('3.1 million'));
  for (const party of incident.parties) assert.ok(text.includes(party.organization.name), party.organization.name);
  for (const source of incident.sources.filter(({ url }) => url))
    assert.ok((await main(page).locator(`a[href="${source.url}"]`).count()) > 0, source.url);
  const parts = await page.locator('[id]').evaluateAll(all => all.map(one => one.id));
  const marks = await page.locator('a[href^="#"]').evaluateAll(all => all.map(one => one.getAttribute('href').slice(1)));
  assert.ok(marks.length > 10);
  assert.deepEqual(marks.filter(mark => !parts.includes(mark)), []);
  await follow(main(page).locator('a[href^="/dealers/"], a[href^="/organizations/"]'));
  await follow(main(page).locator(`a[href^="${FIRST}"]`));
  assert.equal(await heading(page), incident.title);
});

way('following a source', async (page, { left }) => {
  const { data: incident } = await data(`${FIRST}.json`);
  const { url } = incident.sources.find(source => source.url);
  await page.goto(FIRST);
  const link = main(page).locator(`a[href="${url}"]`).first();
  assert.match(await link.getAttribute('rel'), /noopener/);
  assert.match(await link.getAttribute('rel'), /nofollow/);
  await follow(link);
  await page.waitForURL(url);
  assert.deepEqual(left.map(request => request.url()), [url]);
  assert.equal((await left[0].allHeaders()).referer, undefined);
  await page.goBack();
  assert.equal(await heading(page), incident.title);
});

way('paging to the end and back', async page => {
  const { total } = await data('/incidents.json');
  const seen = [];
  await page.goto('/incidents?limit=20');
  for (;;) {
    seen.push(await shownOf(page));
    const next = main(page).locator('a[rel~="next"]');
    if ((await next.count()) === 0) break;
    await follow(next);
  }
  assert.equal(seen.flat().length, total);
  assert.equal(new Set(seen.flat()).size, total);
  for (const before of seen.slice(0, -1).reverse()) {
    await follow(main(page).locator('a[rel~="prev"]'));
    assert.deepEqual(await shownOf(page), before);
  }
  assert.equal(await main(page).locator('a[rel~="prev"]').count(), 0);
});

/** Rows of the list that the page shows, in order: what its data says, which are all on the page. */
async function shownOf(page) {
  const json = await page.locator('link[rel="alternate"][type="application/json"]').getAttribute('href');
  const rows = (await data(json)).data.map(({ id }) => `/incidents/${id}`);
  const shown = await records(page, 'incidents');
  assert.deepEqual(rows.filter(row => !shown.includes(row)), []);
  return rows;
}

way('with the keys alone', async page => {
  await page.goto('/');
  const skip = await tab(page);
  assert.equal(skip.href, '#main');
  assert.ok(await page.locator(':focus').isVisible());
  await page.keyboard.press('Enter');
  assert.equal(new URL(page.url()).hash, '#main');
  await page.goto('/');
  await tabTo(page, here => here.href === '/dealers');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dealers');
  await tabTo(page, here => here.name === 'q');
  await page.keyboard.type('toyopet');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dealers?*');
  assert.equal(asked(page).get('q'), 'toyopet');
  await tabTo(page, here => /^\/dealers\/[^/?]+$/.test(here.href));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dealers/*');
  assert.ok((await heading(page)).length > 0);
});

way('every link and field of a list can be reached by keys and is seen to be', async page => {
  await page.goto('/incidents?country=JP');
  const wanted = await page
    .locator('a[href], input:not([type="hidden"]), select, button, summary')
    .evaluateAll(all => all.filter(one => one.checkVisibility({ visibilityProperty: true })).length);
  const seen = [];
  for (let i = 0; i < wanted; i++) {
    const here = await tab(page);
    assert.ok(here.marked, `${here.tag} ${here.href ?? here.name} shows no focus`);
    assert.ok(here.width > 0 && here.height > 0, `${here.tag} ${here.href ?? here.name} has no place`);
    seen.push(here);
  }
  assert.ok(wanted > 40);
  assert.notEqual(seen.at(-1).tag, 'BODY');
  assert.equal((await tab(page)).tag, 'BODY');
});

/** What has the focus after the next press of Tab. */
async function tab(page) {
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const one = document.activeElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    const { width, height } = one.getBoundingClientRect();
    const marked = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    return { tag: one.tagName, href: one.getAttribute('href') ?? '', name: one.getAttribute('name'), marked, width, height };
  });
}

async function tabTo(page, is) {
  for (let i = 0; i < 300; i++) if (is(await tab(page))) return;
  assert.fail(`not reached on ${page.url()}`);
}
