/**
 * Each syllable with the character at which it begins, in the machine's own order of characters by pinyin. `Intl` knows that order and tells
 * no syllables. A library with all readings takes 140 KB, this list one.
 */
const beginnings = [
  'a吖ai哎an安ang肮ao凹ba八bai掰ban扳bang邦bao勹bei卑ben奔beng崩bi逼bian边biao灬bie憋bin玢bing冫bo拨bu逋ca嚓cai猜can参cang仓cao操ce册cen岑ceng噌cha叉chai差',
  'chan觇chang伥chao抄che车chen抻cheng柽chi吃chong充chou抽chu出chuai揣chuan巛chuang疮chui吹chun春chuo踔ci呲cong匆cou凑cu粗cuan汆cui崔cun村cuo搓da哒dai呆',
  'dan丹dang当dao刀de得deng灯di氐dia嗲dian掂diao刁die爹ding丁diu丢dong东dou都du嘟duan端dui堆dun吨duo多e婀ei诶en恩er儿fa发fan帆fang匚fei飞fen分feng丰fou缶fu夫',
  'ga旮gai该gan甘gang冈gao皋ge戈gei给gen根geng庚gong工gou勾gu估gua瓜guai乖guan关guang光gui归gun丨guo呙ha哈hai咳han顸hang夯hao蒿he诃hei黑hen痕heng亨hong轰hou侯',
  'hu乎hua花huai怀huan欢huang肓hui灰hun昏huo耠ji丌jia加jian戋jiang江jiao艽jie阶jin巾jing京jiong冂jiu纠ju居juan娟jue噘jun军ka咔kai开kan刊kang康kao尻ke苛ken肯',
  'keng吭kong空kou抠ku刳kua夸kuai蒯kuan宽kuang匡kui亏kun坤kuo扩la垃lai来lan兰lang啷lao捞le仂lei勒leng塄li哩lia俩lian奁liang良liao撩lie咧lin拎ling伶liu溜',
  'long龙lou娄lu噜lv驴luan娈lve掠lun抡luo罗ma妈mai埋man颟mang邙mao猫me么mei没men门meng虻mi咪mian宀miao喵mie乜min民ming名mo摸mou哞mu毪na拿nai乃nan囡nang囔nao孬',
  'ne疒nei馁nen恁neng能ng嗯ni妮nian拈niang娘niao鸟nie捏nin您ning宁niu妞nong农nou耨nu奴nv女nuan暖nve疟nuo挪o喔ou讴pa趴pai拍pan潘pang乓pao抛pei呸pen喷peng怦pi丕',
  'pian偏piao剽pie氕pin姘ping乒po钋pou剖pu仆qi七qia掐qian千qiang呛qiao悄qie且qin亲qing青qiong邛qiu丘qu区quan悛que炔qun逡ran蚺rang禳rao娆re惹ren人reng扔ri日',
  'rong戎rou柔ru如ruan阮rui蕤run闰ruo若sa仨sai塞san三sang桑sao搔se色sen森seng僧sha杀shai筛shan山shang伤shao捎she奢shui谁shen申sheng升shi尸shou收shu书shua刷',
  'shuai衰shuan闩shuang双shui水shun吮shuo说si厶song忪sou嗖su苏suan狻sui虽sun孙suo唆ta他tai胎tan坍tang汤tao涛te忑teng疼ti剔tian天tiao佻tie帖ting厅tong通tou偷',
  'tu凸tuan湍tui推tun褪tuo乇wa挖wai歪wan弯wang尢wei危wen温weng翁wo挝wu乌xi夕xia呷xian仙xiang乡xiao枭xie些xin心xing星xiong凶xiu休xu吁xuan轩xue削xun勋ya丫yan恹',
  'yang央yao幺ye掖yi一yin因ying应yo哟yong佣you优yu纡yuan鸢yue曰yun晕za匝zai灾zan糌zang赃zao遭ze则zei贼zen怎zeng增zha扎zhai斋zhan沾zhang张zhao钊zhe蜇zhen贞',
  'zheng争zhi之zhong中zhou州zhu朱zhua抓zhuai拽zhuan专zhuang妆zhui隹zhun肫zhuo拙zi孜zong宗zou邹zu租zuan钻zui嘴zun尊zuo嘬',
].join('')

/** Readings in names that the order does not tell: 单 is Shan as a surname, and 晟 mostly Sheng. */
const also =
  '单shan解xie仇qiu查zha曾zeng区ou盖ge朴piao召shao尉yu万mo缪miao缪miu翟zhai种chong折she秘bi乐yue覃qin员yun长zhang佛fo费bi祭zhai句gou洗xian黑he隗kui钭tou晟sheng茜xi娜nuo行hang重chong朝zhao郇xun郄xi谬miu'

const compounds = new Set([
  ...['欧阳', '司马', '诸葛', '上官', '尉迟', '东方', '令狐', '皇甫', '慕容', '司徒', '夏侯', '公孙', '轩辕', '长孙', '宇文', '端木'],
  ...['百里', '独孤', '南宫', '闻人', '淳于', '澹台', '公孙', '太史', '申屠', '钟离', '鲜于', '拓跋', '完颜', '呼延', '西门', '万俟'],
])

const collator = new Intl.Collator('zh-u-co-pinyin')
const syllables = [...beginnings.matchAll(/([a-z]+)(\P{ASCII})/gu)].map(([, syllable = '', first = '']) => ({ syllable, first }))
const alsoRead = Map.groupBy(
  [...also.matchAll(/(\P{ASCII})([a-z]+)/gu)].map(([, sign = '', syllable = '']) => ({ sign, syllable })),
  ({ sign }) => sign,
)

/** The readings of a character, the likeliest first. None for a sign that is no common character. */
export function readingsOf(sign: string): string[] {
  if (!/^[\u4e00-\u9fff]$/.test(sign)) return []
  let [low, high] = [0, syllables.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (collator.compare(syllables[middle]?.first ?? '', sign) <= 0) low = middle
    else high = middle - 1
  }
  const all = [syllables[low]?.syllable ?? '', ...(alsoRead.get(sign) ?? []).map(({ syllable }) => syllable)]
  // Passports write lü as lyu, and many people as lu.
  return [
    ...new Set(
      all.flatMap((one) => (/^[ln]v/.test(one) ? [one, one.replace('v', 'yu'), one.replace('v', 'u'), one.replace('v', 'ü')] : [one])),
    ),
  ]
}

const LONGEST = 4

/** The ways in which a Chinese name is written in letters: 王小明 is wang xiaoming, xiaoming wang and wangxiaoming. Empty for any other name. */
export function spellingsOf(name: string): string[] {
  const signs = [...name]
  const cut = compounds.has(signs.slice(0, 2).join('')) && signs.length > 2 ? 2 : 1
  if (signs.length <= cut || signs.length > LONGEST) return []
  const [families, givens] = [combined(signs.slice(0, cut)), combined(signs.slice(cut))]
  return [
    ...new Set(
      families.flatMap((family) =>
        givens.flatMap((given) => {
          const surname = family.join('')
          return ['', ' ', '-'].flatMap((joint) => {
            const first = given.join(joint)
            return [`${surname} ${first}`, `${first} ${surname}`, ...(joint === ' ' ? [] : [`${surname}${first}`])]
          })
        }),
      ),
    ),
  ]
}

const combined = (signs: readonly string[]): string[][] =>
  signs.reduce<string[][]>((before, sign) => before.flatMap((one) => readingsOf(sign).map((syllable) => [...one, syllable])), [[]])
