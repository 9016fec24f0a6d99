// Opens each page at two widths, light and dark, and fails where something was fetched, a script ran, the page is wider
// than the window, or axe-core finds a serious barrier.
const fs = require('fs');
const puppeteer = require('puppeteer-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  let failed = 0;
  for (const file of process.argv.slice(2)) {
    for (const scheme of ['light', 'dark']) {
      for (const width of [1280, 360]) {
        const page = await browser.newPage();
        const requests = [];
        let dialogs = 0;
        page.on('request', (r) => requests.push(r.url()));
        page.on('dialog', (d) => { dialogs += 1; d.dismiss(); });
        await page.setViewport({ width, height: 900 });
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        await page.goto('file://' + file);
        await new Promise((done) => setTimeout(done, 300));
        const seen = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth,
          acting: document.querySelectorAll('script, iframe, object, embed, img, link, form').length,
          hot: [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length,
          links: [...document.querySelectorAll('a')].filter((a) => !/^(#|https?:)/.test(a.getAttribute('href'))).length,
        }));
        const found = await page.evaluate(axe + '; axe.run(document)');
        const serious = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
        const bad = [
          requests.length > 1 && `fetched ${requests.slice(1)}`,
          dialogs > 0 && 'a script ran',
          seen.wide > width && `is ${seen.wide} wide`,
          (seen.acting || seen.hot || seen.links) && `acts: ${JSON.stringify(seen)}`,
          ...serious.map((v) => `${v.id}: ${v.nodes[0].html}`),
        ].filter(Boolean);
        failed += bad.length;
        const minor = found.violations.length - serious.length;
        console.log(`${bad.length ? 'FAIL' : 'ok  '} ${file.split('/').slice(-2).join('/')} ${scheme} ${width}: ${bad.join('; ') || `${found.passes.length} rules pass, ${minor} minor`}`);
        await page.close();
      }
    }
  }
  await browser.close();
  process.exit(failed ? 1 : 0);
})().catch((e) => { console.error(e); process.exit(1); });
