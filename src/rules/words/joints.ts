/** Every word of each list behind each of the one before: 没 + 做 + 完. */
const joint = (...lists: string[]) =>
  lists
    .map((list) => list.split('|'))
    .reduce((made, list) => made.flatMap((one) => list.map((next) => `${one}${next}`)))
    .join('|')

/** Chinese joins these freely, and nobody writes all of them down. */
export const joints: Readonly<Record<string, string>> = {
  mustHold: joint('must we|must the branch|do we|does the branch|should we', ' still', ' hold| have| have to hold| need to hold'),
  rules: joint('一个月|一季度|一个季度|每月|每季度|一年|每年|半年', '|要|应|得|该|需要|最少|至少', '开几次|几次|开多少次|开几回'),
  seat: joint('two|three|four|five|new', ' committee members| members of the committee| deputy secretaries'),
  thanks: joint('太|真是|真的|十分|万分|实在', '谢谢|感谢|谢', '|了|啦|你了|您了'),
  missingYet: joint('did|has|have', ' we| our branch| the branch| this branch', ' hold| held| have| had| do| done| meet| met'),
  checkin: [
    joint('mark|record|take|log|register', ' my', ' attendance| presence'),
    joint('be|get|be still', ' marked present| signed in| checked in| marked as present| registered'),
    joint('登|签|打|报|补签|补打', '个|下|一下|一个|上', '到|卡'),
    joint(
      'mark|count|put|note|register|record|log|book',
      ' me| us',
      ' as present| present| as here| here| in| down| as attending| as attended',
    ),
  ].join('|'),
  endMeeting: joint(
    'end|finish|close|conclude|wrap up|adjourn',
    ' the meeting| this meeting| our meeting| today s meeting| the session| the committee meeting| the general meeting',
  ),
  whichMeeting: joint('哪几个|哪些|哪个|几个|什么|哪几次|几次', '会|会议|课|党课'),
  notTalked: [
    joint('没|还没|没有|还没有|未|尚未', '谈|聊|谈心|谈话|谈过|聊过|谈过心|谈过话', '|的|呢'),
    joint(
      'haven’t|hasn’t|have not|has not|not',
      ' been talked to| been talked with| talked to| been spoken to| had a talk| had their talk',
    ),
  ].join('|'),
  canCome: joint('|又|现在|还是', '能|可以', '去|来|参加|到', '了|会了|开会了'),
  roster: joint('导|传|录|上传|导入|批量导|批量录', '进来|进去|进|上来|上去|过来|入'),
  review: [
    joint('评|审|评定|审核', '完|好|出来|完了|结束|下来', '|了|没|了没'),
    joint('公示|申诉|自评|评定|考核', '期|期限|时间|阶段'),
  ].join('|'),
  result: joint(
    'been|got|being',
    ' submitted| sent| sent in| sent up| handed in| published| approved| confirmed| decided| announced| finished| completed| done| closed| opened| counted| released| settled| granted| accepted| rejected',
  ),
  here: joint('|已|已经|刚|刚刚|我已', '落座|入座|就座|就位|坐下|坐好', '|了'),
  help: [
    joint('不会|不懂|不知道怎么|不晓得怎么|不清楚怎么', '操作|用|使用|弄|搞'),
    joint('怎么|如何|该怎么', '跟你|和你|对你|向你', '说|说话|讲|聊|提问'),
  ].join('|'),
  score: joint(
    'how did|how does|how has|how is|how are|how were|how was|how well did|how well is|how well are',
    ' we| our branch| the branch| my branch| this branch| our first branch| the first branch',
    ' do| done| doing| perform| performing| performed| place| placed| get on| getting on',
  ),
  holdMeeting: [
    joint('convene|summon|assemble|call', ' the committee| a committee| the members| the branch committee| the branch'),
    joint(
      'call|get|bring|gather',
      ' the committee| everyone| everybody| all members| all the members| the members| the branch| people| us all',
      ' together',
    ),
    joint('gather|assemble|get', ' all| everyone| everybody| all members| all the members| the members| the committee'),
  ].join('|'),
  undone: [
    joint('都|已|已经|全都|是不是|是否|', '办|做|完成|开|报|交|投|填|写|弄|落实', '完|好|齐|完了|好了|齐了|了', '|没|没有|吗'),
    joint(
      '没|还没|没有|还没有|尚未|未',
      '做|干|办|弄|搞|完成|落实|处理|交|报|写|填|投|上报|提交|开|召开|上|开展|进行|组织|举行|开始|安排|启动',
      '|完|好|掉|过|成|了|的',
    ),
    joint('要|该|得|应该|需要|应|必须|还要|还得|还需要', '做|干|办|弄|完成|落实|处理', '|完|好|的'),
  ].join('|'),
  notCome: joint('没|还没|没有|还没有|未|尚未|还未', '来|到|签|签到|参加|出席|到场|打卡|报到|到会|来开会|来签到|过来', '|的|过|呢'),
  come: joint('来|到|参加|出席|到场|打卡', '了|过|齐|齐了|的|的人|了没|了吗|了没有'),
  cannotCome: [
    joint(
      'can’t|cannot|can not|won’t|will not|couldn’t|could not|unable to|not able to|am not able to|not going to',
      ' make| make it| make it to| attend| come| come to| join| be at| be in| be there| get to| get there| show up| participate',
    ),
    joint('join|attend|come|参与', '不了| 不了|不成| 不成'),
    joint(
      '不能|无法|没法|没办法|不方便|没空|没时间|不便|不太能|可能不能|恐怕不能',
      '来|去|到|参加|出席|到会|参会|到场|开会|过来|赶来|按时参加|准时参加',
    ),
    joint('来|去|到|参加|出席|赶|赶过来|回|过来|过去|开', '不了|不成|不及|不上|不到'),
  ].join('|'),
  move: joint(
    '改|推|挪|换|调|移|延|提前|推迟|延期|延后|推后|往后推|往后挪|往前提|调整|变更|更改|顺延|错',
    '到|成|为|至|在|后|前|一下|一天|个时间|个地方|个日子|个地点',
  ),
  cancel: [
    joint('别|先别|甭|就别|都别', '开|搞|办|上|组织|举行|弄', '了|啦'),
    joint('取消|撤销|撤|停|作废', '掉|了|吧|一下|下'),
    joint('不用|不必|不再|别再|不要再', '开|开会|召开|办|搞'),
  ].join('|'),
  wrong: [
    joint('弄|记|搞|写|算|登记|统计|录', '错|错了|漏|漏了|少了|多了'),
    joint('没给|没给我|没帮我|没有给|没把我', '记|记上|算|算上|登记|录|录上|登记上'),
  ].join('|'),
  add: joint('加|添加|新增|增加|补充|录|录入|拉|登记|转', '上|进来|进|进去|到|一下|入|个'),
  remove: joint('移|删|去|踢|划|调|转|请', '出|出去|掉|走|除|走了'),
  change: joint('改|换|调|更新|修改|调整|更换|变更', '一下|掉|成|为|下|个'),
  vote: joint('投|发起|弄个|搞个|来个|做个|开个|组织', '个票|一票|了票|投票|的票'),
  start: joint('发起|组织|开展|启动|开始|搞|弄|建|办|做|来|设', '一个|个|一下|一次|一场'),
  write: joint('填|写|交|报|提交|上报|登记|录', '一下|上去|上|好|完|个|份|一份'),
  raise: joint('提|拉|升|涨|补|追|加', '上去|上来|高|回来|一提'),
  lose: joint('扣|丢|失|掉', '分|了分|的分|了|在哪|哪'),
  span: joint('一|二|两|三|四|五|六|七|八|半|1|2|3|4|5|10|15|20|30|45', '天|小时|个小时|个钟头|周|个星期|分钟|刻钟|个月'),
  talk: [joint('谈|聊', '完|过|了|好|完了', '话|心|天'), joint('谈|聊', '了|过|', '几次|多少次|几回', '心|话|天')].join('|'),
  period: joint('一|二|三|四|五|六|七|八|九|十|十一|十二|1|2|3|4|5|6|7|8|9|10|11|12', '月份|月底|月'),
  hold: joint('开|召开|召集|上|搞|组织|办|举行|安排|弄', '个|一个|一次|一场|一节|一堂|一下|的'),
}
