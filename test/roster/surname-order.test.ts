import { describe, expect, test } from 'vitest'
import { inStrokeOrder } from '../../src/rules/roster/surname-order.ts'

const names = (people: readonly { name: string }[]) => people.map(({ name }) => name)

/** 姓氏笔画, as the mainland counts them (GB 13000.1). */
describe('the order of surnames', () => {
  const order = (...all: string[]) => names(inStrokeOrder(all.map((name) => ({ name }))))

  test('fewer strokes first, then the first stroke’s kind', () => {
    expect(order('张伟', '陈晨', '李华', '吴京', '何平', '宋佳', '丁一', '王芳', '黄磊', '欧阳娜', '萧红')).toEqual([
      '丁一',
      '王芳',
      '李华',
      '吴京',
      '何平',
      '宋佳',
      '张伟',
      '陈晨',
      '欧阳娜',
      '黄磊',
      '萧红',
    ])
  })

  test.each([
    ['陈', 7],
    ['黄', 11],
    ['范', 8],
    ['郑', 8],
    ['邓', 4],
    ['蔡', 14],
    ['薛', 16],
  ])('%s stands among those of %i strokes, where Taiwan counts it otherwise', (surname, strokes) => {
    const fewer: Record<number, string> = { 4: '史', 7: '周', 8: '赵', 11: '彭', 14: '黎', 16: '戴' }
    const more: Record<number, string> = { 4: '于', 7: '刘', 8: '李', 11: '秦', 14: '楚', 16: '潘' }
    expect(order(`${fewer[strokes]}甲`, `${surname}甲`, `${more[strokes]}甲`)).toEqual([
      `${more[strokes]}甲`,
      `${surname}甲`,
      `${fewer[strokes]}甲`,
    ])
  })

  test('within a surname shorter names first, unlisted ones last', () => {
    expect(order('王小明', '王安', '王', '王安国', 'Alice', '𠮷田')).toEqual(['王', '王小明', '王安', '王安国', '𠮷田', 'Alice'])
  })
})
