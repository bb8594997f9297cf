import { expect } from 'vitest'
import { aBrowser } from '../harness/browser/browse.ts'
import { barriers, seen } from '../harness/browser/looked.ts'

const browse = aBrowser()
const fine = '<p>black on white</p><p>black on white again</p><div style="background: #333"><p style="color: #fff">white on grey</p></div>'

/** The checker's word on a page that was found well, and has one thing more. */
async function withMore(html: string): Promise<string[]> {
  const { page } = await browse('about:blank')
  await page.setContent(`<html lang="en"><title>colours</title><main style="background: #fff; color: #000">${fine}</main></html>`)
  expect(await barriers(page)).toEqual([])
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', ${JSON.stringify(html)})`)
  return barriers(page)
}

seen.each([
  ['in its own colour', '<p style="color: #ccc">MORE</p>'],
  ['by what lies behind it', '<div style="background: #222"><p>MORE</p></div>'],
  ['by a box far around it', '<section style="background: #222"><div><div><p>MORE</p></div></div></section>'],
  ['by how its box lets through', '<div style="opacity: 0.3"><p>MORE</p></div>'],
])('among texts that look alike a pale one is found: %s', async (_how, html) => {
  expect(await withMore(html)).toEqual([expect.stringMatching(/^color-contrast: .*MORE.* contrast/)])
})

seen('a text that was read well is found when it turns pale', async () => {
  expect(await withMore('<style>p { color: #ccc }</style>')).toEqual([expect.stringContaining('again')])
})
