import { expect, test } from 'vitest'
import { kindOf } from '../../src/rules/gatherings/gatherings.ts'
import { groupNamed } from '../../src/rules/gatherings/named-group.ts'

const groups = [
  { name: '第一党小组' },
  { name: '第二党小组' },
  { name: '第十一党小组' },
  { name: 'Group 1' },
  { name: '机关组' },
  { name: 'Alpha' },
  { name: '一' },
]

test.each([
  ['第一党小组会 周五 15:00', '第一党小组', '周五 15:00'],
  ['第一小组 周五 15:00 三楼', '第一党小组', '周五 15:00 三楼'],
  ['周五 15:00 第二党小组的党小组会议', '第二党小组', '周五 15:00'],
  ['第十一党小组会议 明天', '第十一党小组', '明天'],
  ['group 1 meeting Fri 3pm room 3', 'Group 1', 'Fri 3pm room 3'],
  ['党小组会 机关组 周五', '机关组', '周五'],
])('“%s” means %s', (line, name, rest) => {
  const named = groupNamed(line, groups)
  expect(named?.group.name).toBe(name)
  expect(kindOf(named?.rest ?? '')).toEqual({ kind: 'group', rest })
})

test.each([
  '党小组会 周五',
  'group 12 meeting',
  'meeting of the Alphabet',
  '党小组会 周一',
  '第一党小组、第二党小组会 周五',
  '支委会 周五 第一党小组活动室',
])('“%s” names no single group', (line) => {
  expect(groupNamed(line, groups)).toBeNull()
})
