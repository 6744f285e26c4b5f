// SPDX-License-Identifier: MIT
// What holds on every page: it is valid HTML, axe finds nothing in light or dark, it asks nobody else for anything, says nothing
// on the console, runs no script, and fits the narrowest of screens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { PROBLEMS, QUERIES, SCHEMES, WIDTHS, allPages, kindsOf, launch, openWindow, serve } from './world.mjs';

const here = dirname(fileURLToPath(import.meta.url));
let service, browser, pages, kinds;

before(async () => {
  service = await serve();
  pages = await allPages(service.origin);
  kinds = [...kindsOf(pages), ...QUERIES];
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await service?.stop();
});

async function source(path) {
  return (await fetch(service.origin + path, { headers: { accept: 'text/html' } })).text();
}

test('pages are found', () => {
  assert.ok(pages.size > 150, `${pages.size}`);
  for (const path of ['/', '/about', '/incidents', '/statistics']) assert.ok(pages.has(path), path);
});

test('html-validate finds nothing', async () => {
  const validator = new HtmlValidate(new FileSystemConfigLoader());
  const config = join(here, 'page.html'); // beside .htmlvalidate.json
  const found = [], texts = new Map(pages);
  // All before the first is validated: that takes so long that the service would close the connection meanwhile.
  for (const path of [...QUERIES, ...PROBLEMS]) texts.set(path, await source(path));
  for (const [path, text] of texts) {
    const report = await validator.validateString(text, config);
    for (const { messages } of report.results)
      found.push(...messages.map(m => `${path}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  }
  assert.deepEqual(found.slice(0, 20), [], `${found.length} in all`);
});

test('no page has script or style of its own', () => {
  for (const [path, html] of pages)
    assert.doesNotMatch(html, /<script|<style|\sstyle=|\son[a-z]+=|javascript:/i, path);
});

// Only colours differ between the two.
for (const scheme of SCHEMES)
  test(`axe finds nothing in ${scheme}`, async () => {
    // axe is a script: this window alone lets it run.
    const { page, close } = await openWindow(browser, service.origin, { scheme, javaScriptEnabled: true, bypassCSP: true });
    const found = [];
    for (const path of [...kinds, ...PROBLEMS]) {
      await page.goto(path);
      const axe = new AxeBuilder({ page });
      if (scheme !== 'light') axe.withRules(['color-contrast', 'link-in-text-block']);
      const { passes, violations } = await axe.analyze();
      assert.ok(passes.length > 0, path);
      for (const { id, help, nodes } of violations)
        for (const node of nodes.slice(0, 2))
          found.push(`${path}: ${id}: ${help}: ${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`);
    }
    await close();
    assert.deepEqual(found.slice(0, 20), [], `${found.length} in all`);
  });

for (const width of WIDTHS)
  test(`every page fits ${width} pixels, says nothing and asks nobody else`, async () => {
    const { page, faults, left, close } = await openWindow(browser, service.origin, { width });
    const wide = [];
    for (const path of new Set([...pages.keys(), ...kinds])) {
      await page.goto(path);
      const scrolls = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
      if (scrolls > 0) wide.push(`${path}: ${scrolls} pixels`);
    }
    assert.deepEqual(wide.slice(0, 20), [], `${wide.length} in all`);
    assert.deepEqual(faults, []);
    assert.deepEqual(left.map(request => request.url()), []);
    await close();
  });

test('errors are pages too', async () => {
  const { page, close } = await openWindow(browser, service.origin, { width: 360 });
  for (const path of PROBLEMS) {
    const reply = await page.goto(path);
    assert.ok(reply.status() >= 400, path);
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, path);
    assert.ok(await page.getByRole('navigation', { name: 'Main' }).isVisible(), path);
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth), 0, path);
  }
  await close();
});

test('a window tells of what no page may do', async () => {
  const { page, faults, close } = await openWindow(browser, service.origin, { javaScriptEnabled: true, bypassCSP: true });
  await page.goto('/about');
  await page.evaluate(() => {
    console.log('spoke');
    document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.test/x.png">');
    return new Promise(done => document.images[document.images.length - 1].addEventListener('error', done));
  });
  assert.ok(faults.some(fault => fault.includes('spoke')), `${faults}`);
  assert.ok(faults.some(fault => fault.includes('image from elsewhere')), `${faults}`);
  await close();
});
