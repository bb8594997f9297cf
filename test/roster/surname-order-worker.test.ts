import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { expect, onTestFinished, test } from 'vitest'
import { inStrokeOrder } from '../../src/rules/roster/surname-order.ts'
import { freePort } from '../harness/host.ts'

const named = [
  ...'张李王陈赵孙周钱郑黄丁吴刘杨林何高罗梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万',
].flatMap((surname) => [`${surname}芳`, `${surname}伟`, `${surname}小明`])
const others = ['欧阳娜', '司马青', '诸葛亮', '阿依古丽', '尼玛次仁', 'Alice', '𠮷田', '㐂']

/** The machine orders given names and surnames outside our list; both machines order them alike. */
test('Node and workerd put the same names in the same order', async () => {
  const names = [...named, ...others].map((name) => ({ name }))
  const { outputFiles } = await build({
    stdin: {
      contents: `import { inStrokeOrder } from './src/rules/roster/surname-order.ts'
        export default { fetch: async (request) => Response.json(inStrokeOrder(await request.json())) }`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'esm',
    write: false,
  })
  const [port, script] = [await freePort(), outputFiles[0]?.text ?? '']
  const workerd = new Miniflare(
    convertV4MiniflareOptions({ modules: true, script, host: '127.0.0.1', port, cf: false, compatibilityDate: '2026-07-01' }),
  )
  onTestFinished(() => workerd.dispose())
  await workerd.ready
  const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: JSON.stringify(names) })
  expect(await answer.json()).toEqual(inStrokeOrder(names))
  expect(inStrokeOrder(names)).not.toEqual(names)
})
