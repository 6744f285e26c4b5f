// SPDX-License-Identifier: MIT
// Pictures of every kind of page, in both widths, light and dark, for people to look at.
//
//     node tests/browser/screenshots.mjs [FOLDER [BUILD]]
//
// FOLDER: ./screenshots if not said; BUILD: the folder of a build, ./build. What pages are there is found by following links.
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder = 'screenshots', build = 'build'] = process.argv.slice(2);
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
process.env.TEST_BREACHD ??= resolve(build, 'server', 'breachd');
process.env.TEST_BREACHCTL ??= resolve(build, 'server', 'breachctl');
process.env.TEST_RECORDS ??= join(root, 'static', 'catalogue');
const { PROBLEMS, QUERIES, SCHEMES, WIDTHS, allPages, kindsOf, launch, openWindow, serve } = await import('./world.mjs');

const nameOf = path => path.slice(1).replace(/[^a-z0-9=-]+/gi, '_').slice(0, 80) || 'overview';

const service = await serve();
const browser = await launch();
let taken = 0;
try {
  const paths = [...kindsOf(await allPages(service.origin), 2), ...QUERIES, ...PROBLEMS];
  for (const width of WIDTHS)
    for (const scheme of SCHEMES) {
      const at = join(folder, `${width}-${scheme}`);
      mkdirSync(at, { recursive: true });
      const { page, close } = await openWindow(browser, service.origin, { width, scheme });
      for (const path of paths) {
        await page.goto(path);
        await page.screenshot({ path: join(at, `${nameOf(path)}.png`), fullPage: true });
        taken++;
      }
      await close();
    }
} finally {
  await browser.close();
  await service.stop();
}
console.log(`${taken} pictures in ${resolve(folder)}`);
