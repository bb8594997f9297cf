import type { Chance } from './chance.ts'

const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const given =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文斌辉鹏飞波宁林峰云海山晓春梅雪琳佳欣怡然子涵宇轩浩博思雨梦婷慧颖莹洁倩凯旭东阳晨曦立新德胜永福学友正义守信怀远清源若兰书琴景行'

export const personName = ({ whole, happens }: Chance): string => {
  const one = (all: string) => all[whole(0, all.length - 1)] ?? ''
  return one(surnames) + one(given) + (happens(0.72) ? one(given) : '')
}
