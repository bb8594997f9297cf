import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { expect, onTestFinished, test } from 'vitest'
import { readingsOf, spellingsOf } from '../../src/rules/roster/pinyin.ts'
import { freePort } from '../harness/host.ts'

test.each([
  ['王芳', 'wang fang'],
  ['王芳', 'fang wang'],
  ['王芳', 'wangfang'],
  ['周一鸣', 'zhou yiming'],
  ['周一鸣', 'yiming zhou'],
  ['周一鸣', 'zhou yi ming'],
  ['周一鸣', 'zhou yi-ming'],
  ['欧阳娜娜', 'ouyang nana'],
  ['诸葛亮', 'zhuge liang'],
  ['单小雨', 'shan xiaoyu'],
  ['曾国庆', 'zeng guoqing'],
  ['仇英', 'qiu ying'],
  ['乐嘉', 'yue jia'],
  ['吕布', 'lyu bu'],
  ['吕布', 'lv bu'],
  ['李晟', 'li sheng'],
  ['傅强', 'fu qiang'],
])('%s is spelt %s', (name, spelling) => {
  expect(spellingsOf(name)).toContain(spelling)
})

test.each(['Alice', '王', '阿依古丽江', 'Wang Fang', '𠮷田', ''])('%j has no spelling', (name) => {
  expect(spellingsOf(name)).toEqual([])
})

/** The hundred commonest surnames with their readings, written down by hand. */
const surnames =
  '王wang李li张zhang刘liu陈chen杨yang赵zhao黄huang周zhou吴wu徐xu孙sun胡hu朱zhu高gao林lin何he郭guo马ma罗luo梁liang宋song郑zheng谢xie韩han唐tang冯feng于yu董dong萧xiao程cheng曹cao袁yuan邓deng许xu傅fu沈shen曾zeng彭peng吕lv苏su卢lu蒋jiang蔡cai贾jia丁ding魏wei薛xue叶ye阎yan余yu潘pan杜du戴dai夏xia钟zhong汪wang田tian任ren姜jiang范fan方fang石shi姚yao谭tan廖liao邹zou熊xiong金jin陆lu郝hao孔kong白bai崔cui康kang毛mao邱qiu秦qin江jiang史shi顾gu侯hou邵shao孟meng龙long万wan段duan漕cao钱qian汤tang尹yin黎li易yi常chang武wu乔qiao贺he赖lai龚gong文wen'

test('the commonest surnames are read right', () => {
  const read = [...surnames.matchAll(/(\P{ASCII})([a-z]+)/gu)]
  expect(read.length).toBeGreaterThanOrEqual(100)
  expect(read.filter(([, sign = '', syllable = '']) => !readingsOf(sign).includes(syllable)).map(([whole]) => whole)).toEqual([])
})

/** The order of characters is the machine's: both machines read alike. */
test('Node and workerd spell the same names alike', async () => {
  const names = [...surnames.matchAll(/\P{ASCII}/gu)].flatMap(([surname]) => [`${surname}芳`, `${surname}小明`, `${surname}睿涵`])
  const { outputFiles } = await build({
    stdin: {
      contents: `import { spellingsOf } from './src/rules/roster/pinyin.ts'
        export default { fetch: async (request) => Response.json((await request.json()).map(spellingsOf)) }`,
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
  expect(await answer.json()).toEqual(names.map(spellingsOf))
})
