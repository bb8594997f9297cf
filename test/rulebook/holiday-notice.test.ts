import { expect, test } from 'vitest'
import { readNotice } from '../../src/rules/rulebook/holiday-notice.ts'
import { builtIn } from '../../src/rules/time/holidays.ts'

const of2026 = `国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`

const of2025 = `2025年部分节假日安排
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`

const said = (text: string) => {
  const read = readNotice(text)
  if (!read) throw new Error('not read')
  return { ...read.notice, wrong: read.wrong.map(({ zh }) => zh) }
}

test.each([
  [2026, of2026],
  [2025, of2025],
])('the notice for %i is read as published, with holiday names', (year, text) => {
  const read = readNotice(text)
  expect(read).toEqual({ notice: { year, off: builtIn[year]?.off, work: [...(builtIn[year]?.work ?? [])] }, wrong: [] })
})

test('the notice in one line is read alike', () => {
  expect(readNotice(of2026.replace(/\s+/g, ' '))).toEqual(readNotice(of2026))
})

const short2027 = '2027 放假 1.1-1.3 2.5-2.11 4.3-4.5 5.1-5.5 6.9 9.15-9.17 10.1-10.7 上班 1.30 2.20 5.8 10.9'

test('the short form says the same with less', () => {
  expect(said(short2027)).toMatchObject({
    year: 2027,
    off: expect.arrayContaining([
      { from: '2027-01-01', to: '2027-01-03' },
      { from: '2027-06-09', to: '2027-06-09' },
    ]),
    work: ['2027-01-30', '2027-02-20', '2027-05-08', '2027-10-09'],
    wrong: [],
  })
})

test('a New Year that begins in December belongs to the year before', () => {
  const text =
    '2023年 一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。三、劳动节：4月29日至5月3日放假调休，共5天。四、国庆节：9月29日至10月6日放假调休，共8天。'
  expect(said(text)).toMatchObject({ year: 2023, work: ['2023-01-28', '2023-01-29'], wrong: [] })
  expect(said(text).off[0]).toMatchObject({ from: '2022-12-31', to: '2023-01-02' })
})

test.each([
  ['a wrong day of the week', of2026.replace('1月4日（周日）', '1月4日（周一）'), '1月4日是周日，不是周一'],
  ['a wrong count', of2026.replace('共9天', '共8天'), '2月15日起的假期是 9 天，不是 8 天'],
  ['a working day worked in exchange', of2026.replace('1月4日（周日）上班', '1月5日上班'), '1月5日本来就上班'],
  ['a day both off and worked', of2026.replace('1月4日（周日）上班', '1月3日上班'), '1月3日既放假又上班'],
  ['a National Day that was cut off', of2026.slice(0, of2026.indexOf('七、国庆节')), '缺少法定假日 10月1日、10月2日、10月3日'],
  ['a day that does not exist', `${short2027} 2.30`, '「2.30」不是有效的日期'],
])('%s is said, not guessed', (_, text, words) => {
  expect(said(text).wrong.join('；')).toContain(words)
})

test.each(['', '放假 1.1', '2027', '2027 年我们去春游', '10月1日放假'])('“%s” is no notice', (text) => {
  expect(readNotice(text)).toBeNull()
})

const year2026 = builtIn[2026] ?? { off: [], work: [] }
const spansOf = (text: string) => said(text).off.map(({ from, to }) => `${from.slice(5)}..${to.slice(5)}`)

test.each([
  [
    '国务院办公厅关于调整2026年劳动节假期安排的通知：4月30日至5月5日放假调休，共6天。4月26日（周日）、5月9日（周六）上班。',
    '04-30..05-05',
    ['2026-04-26'],
  ],
  ['关于延长2026年春节假期的通知：延长2026年春节假期至2月25日，2月26日（周四）起正常上班。', '02-15..02-25', []],
  ['2026年国庆节放假时间变更如下：10月1日至10月9日放假，共9天。', '10-01..10-09', []],
  ['2026 调整 放假 9.25-9.28 上班 9.12', '09-25..09-28', ['2026-09-12']],
])('%s changes one holiday of a published year', (text, span, work) => {
  const read = said(text)
  expect(read.wrong).toEqual([])
  expect(spansOf(text)).toContain(span)
  expect(read.off).toHaveLength(year2026.off.length)
  expect(read.work).toEqual(
    [...new Set([...year2026.work, ...work])].filter((on) => !read.off.some(({ from, to }) => from <= on && on <= to)).sort(),
  )
})

test('a change of a year that nobody published stays incomplete', () => {
  const wrong = readNotice('关于调整2031年劳动节假期的通知：5月1日至5日放假，共5天。')?.wrong.map(({ zh }) => zh) ?? []
  expect(wrong.join('；')).toContain('缺少法定假日')
})
