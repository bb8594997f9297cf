import { expect, test } from 'vitest'
import { callable, committeeRoles, gatheringKindNames, gatheringKinds, kindOf } from '../../src/rules/gatherings/gatherings.ts'

test.each([
  ['支委会 周五 15:00 三楼会议室', 'committee', '周五 15:00 三楼会议室'],
  ['支委会议 周五 15:00', 'committee', '周五 15:00'],
  ['支委会会议周五15:00', 'committee', '周五15:00'],
  ['周五下午3点开支委会 三楼', 'committee', '周五下午3点 三楼'],
  ['周五 15:00 三楼大会议室，支委会', 'committee', '周五 15:00 三楼大会议室'],
  ['支委 周五 15:00', 'committee', '周五 15:00'],
  ['committee Fri 3pm room 3', 'committee', 'Fri 3pm room 3'],
  ['Committee Meeting, Fri 3pm, room 3', 'committee', 'Fri 3pm, room 3'],
  ['hold a committee meeting tomorrow at 15:00', 'committee', 'tomorrow at 15:00'],
  ['Fri 3pm committee meeting in the committee room', 'committee', 'Fri 3pm in the committee room'],
  ['committee Fri 3pm general office', 'committee', 'Fri 3pm general office'],
  ['branch committee Fri 15:00', 'committee', 'Fri 15:00'],
  ['党员大会 12月5日 9:30', 'general', '12月5日 9:30'],
  ['支部党员大会：12月5日 9:30', 'general', '12月5日 9:30'],
  ['支部大会 月底', 'general', '月底'],
  ['大会 周五 15:00 党员活动室', 'general', '周五 15:00 党员活动室'],
  ['general Fri 3pm', 'general', 'Fri 3pm'],
  ['general   meeting Fri 3pm the general meeting hall', 'general', 'Fri 3pm the general meeting hall'],
  ['Members’ meeting Fri', 'general', 'Fri'],
  ['周五晚上党课', 'lecture', '周五晚上'],
  ['明天上党课', 'lecture', '明天'],
  ['党小组会 周三', 'group', '周三'],
  ['group Wed 14:00', 'group', 'Wed 14:00'],
  ['班子学习 周三', 'committeeStudy', '周三'],
  ['committee study Wed', 'committeeStudy', 'Wed'],
  ["members' study Wed", 'memberStudy', 'Wed'],
  ['members study Wed', 'memberStudy', 'Wed'],
  ['民主生活会 周三', 'life', '周三'],
  ['主题党日活动 周三 活动室', 'themeDay', '周三 活动室'],
  ['谈心会 周三', 'talkGathering', '周三'],
  ['警示教育 周三', 'integrity', '周三'],
  ['志愿服务 周六', 'activity', '周六'],
  ['支委会', 'committee', ''],
] as const)('“%s” names a %s gathering and leaves “%s”', (line, kind, rest) => {
  expect(kindOf(line)).toEqual({ kind, rest })
})

test.each([
  '',
  '   ',
  '周五 15:00 三楼会议室',
  '大会议室 周五',
  '周五 支委会议室',
  '周五 15:00 三楼大会议室',
  '党员活动室 周五',
  'Fri 3pm in the committee room',
  'Fri 3pm group photo',
  'general office Fri',
  'committees Fri',
  '支委会和党员大会 周五',
  'general Fri 3pm committee meeting',
])('“%s” names no one kind, so the form asks', (line) => {
  expect(kindOf(line)).toBeNull()
})

test.each(
  gatheringKindNames.flatMap((kind) => [...gatheringKinds[kind].words, ...gatheringKinds[kind].short].map((word) => [word, kind] as const)),
)('“%s” alone says %s', (word, kind) => {
  expect(kindOf(word)).toEqual({ kind, rest: '' })
  expect(kindOf(`${word} 15:00`)).toEqual({ kind, rest: '15:00' })
})

test('no word stands for two kinds', () => {
  const words = gatheringKindNames.flatMap((kind) => [...gatheringKinds[kind].words, ...gatheringKinds[kind].short])
  expect(new Set(words).size).toBe(words.length)
})

test('every kind can be called, and a committee’s seats are its own', () => {
  expect(callable).toEqual(gatheringKindNames)
  expect(committeeRoles).toContain('secretary')
  expect(committeeRoles).not.toContain('leader')
})
