import { joints } from './joints.ts'
import { boardSubjects } from './meant-board.ts'
import { paperWords } from './meant-papers.ts'
import { pledgeWords } from './meant-pledges.ts'
import { voiceSubjects } from './meant-voices.ts'
import { workSubjects } from './vocabulary-work.ts'

/** Words that only this bot’s business has. A sentence that is half understood is worth a button only where it has one of them. */
const subjects = {
  ...paperWords,
  ...pledgeWords,
  ...workSubjects,
  ...boardSubjects,
  checkin:
    'mark me as here|mark me here|mark me in|put me down as present|count me in|log me in|note me as present|register me|打个卡|签上|没签上|刚才没签上|签了到|签过到|到场签到|扫码签到|补个签到|签到|打卡|报到|签个到|签一下到|签下到|考勤打卡|check in|check-in|checkin|checking in|sign in|sign me in|check me in|mark me present|register my attendance',
  leave:
    'my absence|excuse my absence|excuse me for|let me off|不请假了|不用请假了|不用请了|不请了|销假|取消请假|no longer need leave|requesting leave|asking for leave|applying for leave|get excused|excused|be let off|请假条|请了病假|病假|事假|请病假|请事假|请了事假|请的假|asked for leave|on leave|requested leave|asked to be excused|time off|假|的假|请假单|请假申请|请上假|请了假|告个假|请假|请个假|告假|请一天假|请半天假|请一次假|批个假|批假|准假|准个假|假条|请假条|ask for leave|take leave|leave of absence|request leave|apply for leave|be excused|excuse me from|leave request|my leave|leave',
  talk: 'had a heart-to-heart|had a heart-to-heart talk|had a one-to-one|谈了心|做了谈心|做谈心|开展谈心|谈话谈心|谈心记录|谈个话|one-on-one|had a one-on-one|谈心|谈心谈话|谈话|谈谈心|谈了心|谈过心|谈了话|谈了一次话|谈了次话|谈了一次心|谈了次心|谈过话|谈一次心|谈一次话|谈次心|谈个心|谈个话|heart-to-heart|heart to heart|talks',
  vote: 'take a vote|taking a vote|投票通过|投票决定|无记名|匿名|记名|投不了票|投不了|没法投|投不上|voted|已投|投过|投过票|要投|投|投谁|选票|投票表决|cast a vote|cast a ballot|投票|无记名投票|投个票|投一票|发起投票|表决票|选票|票|ballot|ballots|vote|votes|voting|poll|polls|cast my vote|cast my ballot|secret ballot',
  resolve:
    'hands up|raise hands|raise your hands|by hand|by hands|show hands|to a vote|to the vote|pass a resolution|adopt a resolution|pass the resolution|adopt the resolution|approve a resolution|proposal to the vote|to the vote|提议|举手投票|投票表决|付表决|会议表决|通过一项决议|表决通过|作个决定|做个决定|take a decision|decide by vote|vote by hand|vote on it now|表决|举手表决|会上表决|表个决|决议|付诸表决|举手|resolution|resolutions|show of hands|put to the vote|put it to a vote|put to a vote|put something to a vote|resolve|motion',
  election:
    'elected|be elected|stand for election|run for election|选举大会|换届大会|改选支委|选举委员|选举书记|选个|投票选|elect a new|选|选出|选举|换届|换届选举|改选|补选|增补|推选|选书记|选支委|选委员|选新书记|election|elections|elect|by-election|electing',
  evaluation:
    'graded|i graded|review of members|review of the members|members review|党员自评|党员的自评|我的自评|我自评|本人自评|my own view|self-evaluation|self evaluation|own evaluation|评议意见|小组意见|评议的意见|被评|评为|评议党员|年度评议|民主评议党员|评议会|评等次|自我评议|我的评议|annual review of members|member evaluation|members evaluation|peer review|评议|民主评议|评议党员|民主测评|测评|党员评议|年终评议|互评|个人自评|评议结果|评议等次|等次|evaluation|evaluations|democratic review|year-end evaluation|evaluate|my grade|grade',
  score:
    'is first|in first place|came first|is last|came last|at the top|at the bottom|排在后面|排在前面|排名靠后|靠后|靠前|垫底|成绩单|得分单|成绩表|report card|total|grand total|overall|scored|are scored|考得|考核表|得分表|do we stand|we stand|how do we stand|where do we stand|are we standing|branches doing|branch doing|we doing|are we doing|position|placing|our place|分|排第几|第几名|排名第几|排在第几|排多少名|考了多少|评了多少|多少分了|评价|考评|绩效|score sheet|scorecard|how well are we doing|how did we do|performance|how are we scoring|考核|得分|分数|成绩|排名|名次|排行|排行榜|评分|打分|总分|几分|多少分|扣分|扣了分|加分|丢分|失分|提分|提高分|考核分|考核结果|季度分|score|scores|points|ranking|rankings|rank|ranked|scoreboard|standing|standings|assessment|how are we doing|how is our branch doing|how many points',
  review:
    'be published|publish the results|results published|结果公布|公布结果|出结果|自评材料|自我评价|自评报告|评定结果|自查|审核|self review|self-review|the assessment table|评定|自评|支部自评|季度自评|考核自评|自评表|评定表|考核评定|年度评定|上报自评|提交自评|公示|公布考核|review|reviews|self-assessment|self assessment|assess|submit our self-assessment|assessor table',
  appeal:
    'don’t agree|do not agree|not agree|cannot accept|can’t accept|don’t accept|不认同|不接受|有不同意见|deduction is unfair|unreasonable|not fair|有疑问|有疑义|疑问|不同意|不合理|不公平|judged wrongly|unfair|想申诉|提出申诉|不认可|不同意扣分|扣错了|有意见|contest|challenge|complain about the score|disagree with the score|disagree|申诉|不服|有异议|异议|复核|分数不对|分打错了|appeal|appeals|objection|dispute|object to',
  roster:
    '一张表|这张表|张表|份表|这份表|党员名册|党员花名册|人员名单|支部名单|人员表|党员名单|信息表|信息模板|member roster|list of members|membership list|name list|list of people|名单|花名册|导入名单|名册|名单模板|模板|导入|上传|表格|excel|党员信息表|党员信息|更新名单|导出名单|roster|rosters|member list|import|template|spreadsheet|upload|xlsx',
  groups:
    'leader|leaders|group one|group two|group three|group 1|group 2|group 3|the first group|the second group|second group|first group|who leads|第一小组|第二小组|第三小组|第一党小组|第二党小组|第三党小组|一组|二组|三组|分组情况|小组划分|组|党小组|分组|小组|党小组长|小组长|组长|划分党小组|建党小组|新党小组|group leader|groups|group|subgroup|party groups|party group|group leaders',
  member:
    'probationary member|new member|new members|branch members|党员情况|人员情况|party members|full member|党员同志|党员队伍|老同志|党员人数|支部人数|花名|persons|probationary members|full members|正式党员|headcount of the branch|成员|党员|人员|积极分子|预备党员|发展对象|入党积极分子|申请人|党员名单|支部成员|支部人员|members|member|people|probationers|probationer|activists|activist|applicants',
  rhythm:
    'fixed|例行|常规|regularly|on a regular basis|routine|往后每个月|以后每个月|以后每周|往后每周|定期|固定|周期|月例会|周例会|周会|月会|季度例会|periodic|regular|例会|每|every|each|定期会议|定期开会|固定会议|周期会议|每月|每个月|每周|每星期|每两周|每季度|隔周|每年|regular meeting|regular meetings|recurring meeting|recurring meetings|recurring|monthly|weekly|every month|every week|every two weeks|each month|each week|standing meeting|fortnightly',
  rules:
    '宽限期|宽限|补办期|count|count for|count towards|counts for|扣几分|扣多少分|会扣分吗|罚多少|counts as late|count as late|counts as|才达标|算达标|才算|要求开|要求几次|打几折|打折|折扣|discount|late duties|late duty|lateness|being late count|late ones|算几分|值几分|占几分|占多少分|值多少分|迟办|补办|迟交|晚办|逾期办|standard|weighted|weight|worth|weighting|how is it scored|算分规则|打分规则|计分标准|打分办法|评分办法|评分细则|考核指标|指标|考核规定|标准|rules of the assessment|point values|scoring standard|scoring standards|规则|考核规则|规则设置|评分规则|评分标准|考核标准|考核办法|考核细则|分值|权重|打分标准|计分规则|细则|rules|rulebook|scoring rules|assessment rules|weights|criteria|standards',
  holidays:
    '哪天上班|哪天要上班|补班日|上班日|上不上班|要上班吗|上班吗|用上班吗|用不用上班|要不要上班|do we work|do we have to work|are we working|are we off|放不放假|放不放|is there a day off|any day off|is it a day off|is it a holiday|is a holiday|holiday calendar|holiday schedule|holiday plan|working day|假日|放几天|放几天假|法定节假日|公众假期|假期安排|假日安排|上班安排|工作日|working days|bank holiday|bank holidays|节假日|放假|调休|法定假|假期|公休|补班|放假安排|放几天假|holidays|days off|public holidays|public holiday',
  bind: '绑错|绑错了|unbind|unlink|belong|belongs|belong to|belongs to|归到|归属到|归属|归|绑到|绑支部|绑定到|关联|关联支部|把群绑|连接支部|接入支部|属于哪个支部|linked|attach this group|attach this chat|connect|绑定|绑定群|绑群|绑一下|关联群|绑定支部|解绑|换绑|绑|bind|binding|link this group|link this chat|connect this group|connect this chat|link this group to|bound',
  roles:
    'role|can assess|may assess|assesses|管理权限|管理员权限|超级管理员|谁管|负责人|考核员|who manages|who administers|authorise|authorize|make an administrator|access rights|授权|权限|管理员|考核人|党委考核人|赋权|admin|admins|administrator|administrators|assessor|assessors|permission|permissions|rights|grant|roles',
  claim:
    '认领单位|认领管理员|激活码|启动码|claiming|认领|认领码|当管理员|成为管理员|做管理员|claim|claim code|become the administrator|become administrator|become admin|become the admin',
  reopen:
    '漏签|没记上|没记录上|签到记录|考勤表|考勤记录|签到补录|漏记了|记漏|把考勤|correct attendance|attendance sheet|attendance is wrong|was marked absent|marked absent|重开考勤|补考勤|考勤锁了|锁了|锁定|解锁|补登|补录|补签|补签到|改考勤|更正考勤|修改考勤|考勤记错|记错了|漏记|考勤|补记|重新打开|重开|reopen|attendance is locked|locked|unlock|correct the attendance|fix the attendance|attendance record|attendance records|attendance was wrong|change the attendance',
  makeUp:
    'made up|not made up|have made up|make anything up|make something up|anything to make up|没补|要补|还没补|未补|没补上|补了没|补|补课|课要补|要补的课|补的课|欠课|补学|补会|补课单|欠的课|没补的课|make-up|make up|make-ups|makeup|catch up|missed',
  todo: 'duty|any duty|my plate|on our plate|agenda for the month|要紧的事|紧急|催办|提醒事项|未办|未办事项|remaining duties|open duties|open items|reminders|to-do list|todo list|action items|chores|待办|代办|待办事项|该办的事|任务清单|工作提醒|应办事项|未完成|没做完|没完成|没办|没办完|todo|to-do|to do|to-dos|todos|tasks|pending|duties|outstanding|unfinished|overdue',
  help: 'what can i do|what can i do here|what can we do here|what is possible here|this bot work|the bot work|this bot|bot work|examples|example|示例|例子|举个例子|求助|救命|how it works|how this works|how you work|how does it work|how does this work|how do you work|what to say|what to say to you|what to type|what to ask you|hi there|hello there|hey there|what happens next|教教我|教我用|教一下|第一次用|刚开始用|头一回用|what can i ask|what can i say|what should i say|what can i type|what can i ask you|new here|how to use this|how to use you|able to do|what are you able|what are you able to do|介绍一下自己|自我介绍|支持哪些|支持什么|introduce yourself|能干些什么|能干些啥|都能做什么|可以做什么|能帮我做什么|能帮我什么|能办什么|能办哪些事|有什么本事|不会用|怎么操作|怎么玩|新手|说明|what do you offer|how do i work with you|what are the commands|how can i use|帮助|说明书|使用说明|使用手册|操作手册|使用指南|操作指南|菜单|功能|指令|命令|怎么用|怎么使用|如何使用|咋用|使用方法|用法|教程|会什么|会干什么|能干什么|能做什么|能干啥|会做什么|你是谁|你是什么|有什么用|help|menu|instructions|manual|user guide|guide|features|commands|what can you do|who are you|what do you do|what are you|how does this work|how do i use|how to use',
  absent:
    'was absent|were absent|who was absent|谁旷了|缺席情况|缺席人员|未参会|absence|absences|absence list|缺席|缺席的|缺席名单|未签到|没签到|未到|没到的|缺勤|旷会|迟到的|迟到名单|absent|absentees|absentee|missing|no-shows|no-show|latecomers',
  headcount:
    '请假名单|请假情况|请假人员|请假人数|缺席人数|参会率|出席率|到课率|签到统计|签到表|点名|attendance list|attendance so far|check-in list|check-ins|到会情况|出勤|出勤率|出勤情况|到会率|到会人数|签到情况|签到名单|签到率|签到人数|应到|实到|出席情况|参会情况|参会人数|考勤情况|headcount|turnout|attendance',
  quorum:
    'the quorum reached|quorum reached|reach the quorum|reached the quorum|reach quorum|达到法定人数|人数达到|达到|人数|人数够不够|人够不够|够不够人数|够人数|人数够|法定人数|人够|够不够人|过半|quorum|quorate|enough people',
  hostCard:
    '主持卡|我主持的会|管理会议|会议管理|manage the meeting|manage meeting|meeting card|主持|主持卡片|主持人卡片|主持卡|host card|host’s card|host',
  agenda:
    'going to discuss|to discuss|be discussed|discuss today|会议议题|会议议程|讨论什么|讨论事项|what will be discussed|agenda items|what do we discuss|议程|议题|agenda|agenda item|topics',
  endMeeting:
    '宣布散会|会议到此结束|到此结束|这个会结束|结束|结束吧|结束了|可以结束了|end it|close it|开完了|会议开完了|结束这次会|会散了|can close the meeting|meeting has ended|meeting is finished|meeting is done|结束会议|散会|会开完|开完会|会议结束|关闭会议|会开完了|close the meeting|end the meeting|finish the meeting|meeting is over|wrap up the meeting',
  dues: 'collected|dues collected|pay my party dues|pay party dues|pay the dues|pay the party dues|pay the membership fee|交费|党员交费|交党费的|pay my dues|pay dues|党费|交党费|缴党费|收党费|缴费|dues|membership fee|membership fees|party dues',
  minutes:
    '写纪要|记录会议|会议纪录|记纪要|会议总结|整理纪要|meeting minutes|take minutes|会议纪要|纪要|会议记录|会议录音|录音整理|记录本|会议材料|minutes|meeting notes|meeting record|meeting records|transcript',
  joining:
    'my application|hand in my application|apply for party membership|apply for membership|apply to join|转预备|转预备党员|转正式|转为正式|转为预备|预备期|积极分子转|递交入党|写入党申请|入党流程|培养|考察期|思想汇报|发展|join the communist party|入党申请|入党申请书|入党|申请入党|递交申请|转正|转正申请|发展党员|入党志愿书|政审|思想汇报|join the party|membership application|party application|conversion|probation|become a member',
  transfer:
    'transfer to another branch|to another branch|transfer my party membership|move my membership|party membership transfer|转接关系|党组织关系|关系转|转关系|转接组织关系|组织关系|转组织关系|组织关系转接|转接|介绍信|转出|转入|transfer letter|organisational relationship|membership transfer|transfer my membership',
  honours:
    'best branch member|best party member|best member|best members|outstanding member|先进个人|优秀共产党员|先进工作者|先进支部|优秀|先优|年度先进|表彰|评优|评先|优秀党员|先进|honours|honors|awards|award|commendation',
  ...voiceSubjects,
  thanks:
    'thanks a million|a million|you have been helpful|been helpful|very helpful|for the answer|for the quick answer|for the reply|quick answer|that helped|that helps|for the help|for your help|for helping|for helping us|thanks for the help|帮了大忙|辛苦啦|感谢你的帮助|谢谢你的帮助|谢谢帮助|感谢帮忙|谢谢你的帮助|谢谢你帮忙|感谢支持|感谢帮助|谢谢帮忙|谢谢支持|thanks for your help|谢啦|谢了|太感谢了|非常感谢|十分感谢|麻烦你了|thank you very much|thanks a lot|much appreciated|谢谢|谢谢你|谢谢您|多谢|感谢|辛苦了|thanks|thank you|thx|many thanks|cheers',
  language:
    '英文版|中文版|英文界面|换成英文|换成中文|说英文|讲英文|speak english|speak chinese|switch to english|switch to chinese|in mandarin|中文|英文|英语|汉语|语言|切换语言|english|chinese|language|in english|in chinese',
  notYet:
    '没谈|还没谈|没有谈|没谈过|没聊|还没|没|没有|尚未|yet|not yet|not talked|haven’t talked|have i not|has not|not|haven’t|hasn’t|not spoken|not been talked',
  away: '外出|在位|出国|借调|休产假|away|on secondment|posted abroad',
  volunteer: '志愿时长|志愿服务时长|服务时长|volunteer hours|service hours',
} as const

/** Words of everyday speech. By themselves they mean nothing here. */
const general = {
  foreign:
    '他们支部|他们单位|他们公司|人家支部|隔壁支部|发票|车票|门票|电影票|饭票|彩票|家长会|董事会|年会|运动会|班会|联欢会|同学会|聚会|晚会|发布会|演唱会|音乐会|机会|社会|学会|会计|股东会|业主会|高考|中考|驾考|世界杯|parents meeting|parents’ meeting|parent meeting|football|basketball|wedding|dinner|lunch|movie|film|吃饭|聚餐|电影|火锅|买菜|外卖|飞机|航班|火车|高铁|机票|闹钟|空调|股票|彩票',
  chat: '谈谈|聊聊|谈|聊|talked|talk|spoke|speak|chatted|spoken|聊过天|聊了天|谈谈话|聊一聊|谈一谈|谈了谈|聊了聊|谈了|谈过|聊了|聊过|谈一下|talked with|have a talk|had a talk|had a chat|had a conversation|conversation',
  busy: '没空|没空去|没时间去|没时间参加|抽不开身|走不开|脱不开身|来不及|过不来|过不去|过不去了|busy|no time|not free|not available|unavailable|occupied',
  checkedIn: 'checked in|签到了|签了到',
  them: '他|她|他们|her|him|them',
  mustHold:
    'required|are required|is required|needed|必须开|应开|须开|必须召开|必须组织|该召开|must hold|must we hold|have to hold|should hold|need to hold|must be held|must the branch hold|should be held|has to be held|要开|该开|还要开|应该开|需要开|得开|要组织|要召开|该组织',
  closed: '关掉|关|关一下|结束掉|结束|结束了|截止了|关了|关闭了|还开着|close|closed|over|ended|finished',
  whichBranch: '哪个支部|哪个党支部|谁的|which branch',
  wrong:
    'was not recorded|not recorded|were not recorded|is not recorded|is not shown|was forgotten|is missing from|was left out|got left out|not counted|were forgotten|was wrong|were wrong|was incorrect|is wrong|are wrong|错|错了|弄错|弄错了|记错|记错了|搞错|搞错了|写错了|不对|有误|有问题|不准|漏|漏了|没记|没记上|没算上|少记|多记|wrong|incorrect|mistake|mistakes|error|errors|not right|not correct',
  mark: '?',
  reschedule: '改期|改个期|改时间|换时间|延期|推迟|reschedule|postpone',
  lesson: '课|节课|堂课|lesson|lessons',
  person:
    '两个人|一个人|几个人|人|个人|同志|新同志|老党员|有人|人员|someone|somebody|a person|person|colleague|a colleague|a new member|new member',
  you: '你能|你会|你都能|你都会|你可以|你都可以|你|你们|can you do|could you do|you can do|you do|you',
  festival:
    '清明节|端午节|中秋节|劳动节|元旦节|国庆|春节|元旦|五一|十一|清明|端午|中秋|劳动节|国庆节|national day|spring festival|new year|labour day|mid-autumn',
  meeting: '会|会议|开会|个会|meeting|meetings|session',
  hold: '设过|定过|planning|putting|setting|setting up|补一次|补开一次|再开一次|多开一次|再上一次|another|one more|补开|补上|gather|held|are held|take place|takes place|上课|召集一次|弄个|开展|开一次|开个|开一个|来一次|组织召开|call for|fix|announce a|hold an|hold the|开|召开|召集|举行|组织|发起|设|设置|设个|设立|制定|安排|办|搞|弄|建|建个|新建|创建|定|约|筹备|上|约个|call|hold|schedule|set up|organise|organize|arrange|convene|start|create|plan|book|put|set|make|open|launch|run',
  holdMeeting:
    '碰一下|碰一碰|碰个面|碰头|碰面|碰一下头|开个短会|开短会|开个碰头会|开个小会|开个紧急会|开个紧急会议|开紧急会议|committee meet|we meet|the committee meet|线上开会|开线上会|meet|meet up|get together|开会议|开一次会|开一场会|碰个头|开碰头会|约大家开会|拉个会|组个会|召集大家开会|把大家召集起来|我想开会|get everyone together|call everyone together|开会|开个会|开一个会|召集会议|召集开会|组织开会|召开会议|发会议通知|发个会议通知|通知开会|安排会议|安排开会|约个会|发通知开会|新建会议|创建会议|发起会议|定个会|call a meeting|hold a meeting|schedule a meeting|set up a meeting|organise a meeting|organize a meeting|arrange a meeting|convene a meeting|create a meeting|book a meeting|plan a meeting|have a meeting|new meeting|start a meeting|call meeting|schedule meeting|call the meeting',
  notify:
    'invite|inviting|send an invitation|send invitations|请通知|通知一下|通知全体党员|全体党员|各位党员|通知党员|请大家|请党员|参加|召集大家|通知|通知大家|告诉大家|告知|发通知|发个通知|发布通知|定于|兹定于|拟于|请准时参加|准时参加|准时|届时|notify|announce|inform|let everyone know|tell everyone',
  cancel:
    'won’t take place|will not take place|does not take place|no need for|no need of|won’t be|there won’t be|there will not be|cancelling|canceling|stopping|dropping|calling off|forget|never mind|ignore|不要了|不需要了|用不着了|withdraw|revoke|take back|won’t hold|will not hold|not hold|not holding|won’t have|won’t be holding|won’t meet|there will be no|there is no|no more|stop|stopping|pause|停|停掉|停止|不再|不开|先不开|不再开|不上了|有变动|停了|取消了|撤了|撤回|撤掉|不用开了|不用开|不必开了|别开了|取消一下|call it off|calling off|取消|取消掉|不开了|开不了|开不成了|停开|暂停|撤销|撤消|作废|删掉|删除|不办了|不搞了|cancel|cancelled|canceled|call off|called off|scrap|is off|drop|not happening|delete|undo',
  move: '有变|有改动|有调整|有变化|有冲突|is now|are now|now starts|will now be|has been moved|instead|start at|变了|时间变了|变一下|put off|put the meeting off|往后|往前|往后改|往前改|forward|bring|改在|改线上|改线下|改成线上|延后一周|延后一天|提前一天|推迟一周|往后推一推|推一推|错后|后移|前移|挪|挪到|推到|推迟一下|改换|改日|改天|另定时间|push to|moved|delayed|rearrange|set back|switch|改期|改到|改成|改为|改在|改一下|推迟|推迟到|延期|延期到|延后|延后到|推后|推后到|提前|提前到|挪到|挪一下|往后推|往后挪|往后延|顺延|顺延到|换到|换成|调到|调整到|调整为|改时间|换时间|换个时间|改个时间|时间改|地点改|改地点|换地点|换地方|换个地方|变更|改|调整|postpone|postponed|reschedule|move|push|push back|pushed back|bring forward|delay|put off|shift|change the time|change the place|change the date|change the venue|change the room|change|later|earlier',
  span: '半小时|一小时|一个小时|两小时|两个小时|半个小时|一天|两天|一周|一个星期|十分钟|二十分钟|三十分钟|half an hour|an hour|one hour|two hours|a day|a week|two days|30 minutes|one week',
  timePlace: '时间|地点|日期|会议时间|会议地点|地方|time|place|date|venue|room',
  late: 'late|belated|迟到|晚一会儿到|会晚到|要晚到|晚到|晚点到|晚一点到|晚到一会|要迟到|会迟到|可能迟到|running late|be late|i will be late|come late',
  notCome:
    'hasn’t arrived|has not arrived|haven’t arrived|have not arrived|not arrived|没露面|没见到|没打卡|还没打卡|hasn’t shown up|did not attend|isn’t present|aren’t here|are missing|are absent|still missing|have not checked in|haven’t come|not come yet|didn’t come|没有参加|没有出席|不在|没过来|漏签|没来|没到|没有来|没有到|还没来|还没到|还没签|没签|没有签到|没签到|还没签到|未签到|未到|没参加|没到场|缺席|缺了|谁缺|没出席|缺勤|不来|还没有签到|is missing|missing|is absent|absent|not come|did not come|didn’t come|hasn’t come|has not come|not here|isn’t here|not checked in|hasn’t checked in|has not checked in|haven’t checked in|did not check in|didn’t check in|yet to check in|didn’t show up|not shown up|didn’t attend|missed',
  come: 'was there|were there|was present|were present|过来|报到|出席了|参加了|到了没|到了吗|signed in|attending|is coming|are coming|will come|has arrived|have arrived|turned up|来了|到了|来|到|到场|参加|出席|到会|参会|到齐|到齐了|来齐了|齐了|人齐了|came|come|here|attended|attend|present|arrived|showed up|coming',
  here: 'taken my seat|sat down|i am seated|seated|i made it|made it here|进会议室了|刚进会议室|刚到会场|进会场了|到会场|已经在会场|在会场了|人到了|人已到|我到会议室了|到会议室了|我在会议室|我到会议室|到会议室|签到处|我已经到了|我们到了|我已经来了|我已经到会场|人在会场|i’m present|reporting in|i am in|i’m at the meeting|i am at the meeting|i’m in the meeting room|i am in the meeting room|我到了|我来了|到了|我在会场|我到会场了|已到|已到场|我已到|到会场了|到场了|到现场了|i am here|i’m here|i have arrived|i’ve arrived|present|i am present|arrived|just arrived|i am in the room|i’m in the room',
  cannotCome:
    'skipping|skip|will skip|giving it a miss|去不成|去不成了|来不成了|赶不过来|赶不过去|不能到会|不能出席|i can’t join|can’t join|cannot join|unable to join|won’t join|not coming|can’t be at|cannot be at|have to skip|need to skip|not going to make it|miss out|have to be away|来不了|去不了|到不了|参加不了|不能参加|不能来|不能去|不能到|没法参加|没法来|没法去|没办法参加|没办法去|无法参加|无法出席|无法到会|不能出席|出席不了|赶不上|赶不回来|赶不回|回不来|开不了会|缺席|不参加|不去了|不来了|参加不成|去不成|来不成|不克出席|can’t come|cannot come|can not come|can’t make it|cannot make it|can’t make|cannot make|can’t attend|cannot attend|can’t be there|cannot be there|won’t be there|won’t make it|not able to attend|unable to attend|unable to come|unable to make|not able to come|not be able to attend|not be able to come|not be able to make it|have to miss|need to miss|must miss|miss|will be absent|skip|won’t be coming|won’t be able to attend|won’t be able to come',
  sick: '发炎|嗓子疼|嗓子发炎|胃痛|牙痛|腰疼|腰伤|受伤|摔伤|过敏|injured|hurt|身体抱恙|不太舒服|有点不舒服|身体不太好|头晕|胃疼|肚子疼|牙疼|骨折|挂水|输液|生了病|feel unwell|feel ill|caught a cold|headache|got the flu|got a fever|have a fever|not feeling good|under the weather|stomach ache|我病了|生病了|生病|病了|发烧|发烧了|发高烧|感冒|感冒了|住院|住院了|身体不舒服|不舒服|身体不适|身体欠佳|拉肚子|头疼|做手术|阳了|腿摔了|sick|i am ill|ill|unwell|not well|not feeling well|feel sick|feeling sick|fever|flu|in hospital|down with a cold|have a cold',
  forgot:
    '忘了|忘记|忘|没来得及|漏了|失败|不了|不上|没成功|没反应|forgot|forgotten|failed|does not work|doesn’t work|did not work|didn’t work|cannot|can’t|couldn’t|not working',
  all: '三十条|三十项|30条|30项|all thirty|thirty|所有|全部|都有谁|全体|所有人|all|everyone|whole|entire|full',
  who: '谁|哪些人|哪些党员|哪些同志|哪几位|哪几个|哪几个人|哪位|哪个人|有谁|都有谁|几个人|多少人|几人|几位|who|who all|who else|whom|which people|which members|how many|how many people|anyone|anybody',
  what: 'what sort of|what sorts of|what kind of|what kinds of|which kind of|哪种|哪类|什么样的|what was|what were|which was|什么|啥|哪些|哪个|哪一个|什么样|怎么样|怎样了|如何|如何了|哪|哪项|哪几项|第几|什么事|些什么|what|which|what’s|what is|what are|how',
  howMany:
    '几天|几日|多少天|多少日|how many days|how many were|how many did|几件|几件事|几项|几条|几节|多少项|多少件|多少条|几场|几堂|几期|多少钱|几块钱|多少|几个|几位|几次|几|几人|多少个|多少人|how many|how much|number',
  ask: '要不要|是否|吗|么|没|is there|are there|do we have|do i have|did|有哪些|是不是|有没有|有没|了没|没有|是否|何时|whether|if',
  whenAsked: '什么时候|何时|几点|哪天|哪一天|啥时候|几号|几时|多久|多会儿|星期几|周几|when|what time|which day|how long|how soon',
  where:
    '几楼|哪层|几号楼|在几楼|找谁|向谁|跟谁|谁批|谁审批|谁同意|who approves|who confirms|to whom|哪个教室|哪个会议室|在哪个教室|在哪个会议室|在哪间|哪间|哪一间|哪个房间|which room|在哪|在哪里|在哪儿|哪里|去哪|从哪|where',
  why: '为毛|咋|凭啥|怎么|how come|for what reason|为什么|为啥|为何|怎么会|why|how come',
  how: '怎么|如何|怎样|咋|怎么办|咋办|怎么弄|怎么操作|怎么搞|怎么做|怎么样才能|步骤|流程|教我|how do i|how do we|how to|how can i|how can we|how does one|how should i|steps|teach me|how does|where do i|where can i',
  next: '下次|下一次|下一个|下回|最近一次|最近|近期|接下来|将来|马上|即将|next|upcoming|coming|soon|ahead|coming up',
  mineOnly:
    '我后面|我接下来|我之后|我以后|do i need to attend|must i attend|should i attend|am i expected|do i have to attend|do i have to go|do i need to go|i have to attend|i must attend|do i have on|have i got on|i have on|on my calendar|on my schedule|am i down for|等我处理|等我办|等我确认|等我答复|要我办|我明天|我今天|我这周|我下周|我有哪些|我有什么|我还有|我名下|我个人|轮到我|我的|自己的|本人的|我这边|跟我有关|和我有关|与我有关|关于我|my|mine|for me|about me|of mine',
  task: '每条|各条|条|手续|材料|程序|流程|件事|这件事|那件事|几件事|这事|此事|每项|各项|每一项|哪一项|这项|哪项|一项|项|everything|jobs|事|事情|任务|工作|活|工作任务|事项|要求|things|anything|something|work|task|items|stuff|nothing|everything',
  undone:
    'behind with|需要我确认|要我确认|确认|审批|remains to be done|remains|to be finished|没处理|未处理|没参加|还没参加|我还没参加|finish|get done|complete|accomplish|to be done|be done|没做|没投|还没投|没填|还没填|没写|还没写|没交|还没做|没干|没有做|没弄|没做完|没完成|未完成|没办|还没办|没办完|要做|该做|要办|该办|需要做|需要办|要完成|要干|该干|做|办|干|待处理|处理|要我|需要我|left|left to do|undone|not done|still to do|need to do|should do|have to do|must do|supposed to do|do|owe|owed|waiting|waiting for|remaining|needs doing|need doing|needs my attention|outstanding|done',
  due: '超期|超期了|过时|最晚|最迟|什么时候到期|快到期了|临期|快截止|要截止|due soon|falls due|running out|coming due|截止|截止日期|截止时间|到期|期限|最后期限|逾期|快到期|过期|deadline|deadlines|due|due date|expire|overdue|by when',
  missingYet:
    '开几次了|开了几次|开过几次|did we have|did we hold|have we had|have we held|has the branch held|did the branch hold|have we done|did we do|owe|开了没|开了吗|开过|开没开|差多少|差几次|还要|还得|完成没|done yet|completed|held|so far|still need to|还差|差|还缺|缺|欠|还欠|还剩|剩|少|还少|差哪|差几|达标|没达标|不达标|完成了|完成|开够|够|够了|lack|lacking|short of|still need|need|enough|met|remain|missing|still missing',
  period:
    'last year|this year|去年|前年|上年|half-year|half year|half-yearly|上半年度|下半年度|本期|年前|季度|本期|第一个月|第二个月|第三个月|最后一个月|月初|月中|季度初|end of the quarter|the end of the quarter|end of this quarter|年末|季末前|年内|这段时间|近期|本月|这个月|这月|当月|本周|这周|这星期|这个星期|这礼拜|下周|下星期|下个月|下月|本季度|这个季度|这季度|今年|全年|年底|年终|年底前|月底|月底前|月底之前|季度末|季末|本年|本年度|半年|上半年|下半年|this month|this week|next week|next month|this year|this quarter|by the end of the month|month end|end of the month|year-end|year end|by month end|year|quarter|month|annual|yearly',
  month: '本月|这个月|这月|当月|本月任务|月度任务|this month',
  result:
    '成功|成功了|go through|went through|gone through|counted|算数|有效|生效|怎么样了|咋样了|了没有|批了没|批了吗|过了吗|过没过|announced|published|approved yet|结果|结果如何|结果怎么样|情况|进展|进度|详情|出来了|出来|公布|通过|批了|批准|批下来|同意|result|results|outcome|status|progress|out|approved|confirmed|granted|details',
  wait: 'my confirmation|my approval|my answer|my signature|to confirm|to approve|to sign|need me|are waiting|is waiting|等着处理|等着|等处理|等我|等着我|该我|轮到我|要我|我还没|我没|需要我|waiting|waits|pending|for me|still open|to fill in|unanswered',
  open: '正在进行|进行中|在进行|在投|开着|正在|进行|还开着|going on|ongoing|under way|underway|running|open|live|active',
  add: '补充一个|增加一个|添加一个|补充一项|增加一项|note|note down|jot down|log|补一条|补一个|补充一条|补充一项|加一条|加一项|添一条|添一项|增补一项|再加一条|加上|加入|来了|来|来了个|来了一个|来了位|加|加上|加人|添加|加入|加进来|加进|加到|加个|增加|新增|新来|新来的|新进|新转来|转来|调来|录入|登记|add|adding|join|joins|joined|new|put|register|enter|insert',
  remove:
    '调到|调往|转到别的|转去|移除|移出|删|删除|删掉|去掉|踢|调走|调走了|调离|离开|转走|走了|退休|退出|移走|remove|delete|left|leaving|take off|drop|gone|resigned|retired',
  change:
    'corrected|be corrected|fixed|be fixed|fix it|put it right|put this right|correct it|重新分|重分|划分|重新|调配|rename|改名|转|转到|转过来|改|修改|更改|变更|更新|调整|设置|换|换人|换一下|重新|编辑|调|纠正|更正|change|edit|update|modify|adjust|set|switch|correct|fix|swap|move',
  write:
    '缴纳|writes|written|keeps|log|paid|been paid|记一笔|记上一笔|记个|note down|缴|上缴|收|收齐|收缴|收齐了|生成|自动生成|generate|整理|整理出来|整理一下|整理下|拟|起草|拟一份|写一份|写|填|填写|提交|上报|报|交|报送|做|补充|登记|fill in|fill out|write|submit|send|send in|hand in|enter|file|complete|record|register|do|make|report',
  raise:
    'add to|bring us|be worth to|往上|加|更多|多拿|提上去|上去|拉高|追上|补上|补回来|多得|加分|最快|提高|提升|增加|涨|多得|拿|提|得|能得|拿满|补救|improve|raise|increase|get|gain|earn|win|better|more|higher',
  lose: '没有分|没分|没给分|没得分|没有得分|没拿分|不得分|lowered|lowers|brought down|bring down|dragging down|reduce|reduced|reduces|hurt|hurts|deduction|deductions|cost us|costs us|costing us|cost|拖了后腿|拖后腿|拖后腿的|pulling down|pulling|behind|how far behind|比上季度少|少了|怎么少了|下降|降了|跌了|went down|dropped|fall|fell|扣|扣了|丢|丢了|掉|低|少|扣掉|为何低|low|lower|lost|lose|losing|deducted|fewer',
  if: 'how would|what would|what will|如果|要是|假如|假设|若|开了|what if|if|suppose|supposing',
  this: '名册里|名册上|off the roster|from the roster|从名单上|从名单里|从名册|从花名册|名单里|名单上|花名册里|花名册上|on the roster|in the roster|on the list|on our roster|first branch|second branch|third branch|fourth branch|branch one|branch two|branch 1|branch 2|branch no 1|branch no 2|our branch|my branch|第一支部|第二支部|第三支部|第四支部|一支部|二支部|三支部|本群|这个群|此群|这群|群|本支部|这个支部|哪个支部|支部|党支部|党委|分党委|this group|this chat|the group|the chat|group|chat|the branch|committee',
  start:
    'prepare|prepare for|preparing|get ready for|beginning|running|setting up|准|准我|批我|approve|sign off|okay|launch|批|批一下|批准|发起|开展|启动|组织|开始|搞|弄|建|新建|创建|开|来个|来一个|进行|举行|办|打开|start|open|launch|create|hold|run|begin|set up|make|new|organise|organize|conduct|call|arrange',
  thing: '议案|事项|方案|提案|草案|题目|项目|案|proposal|matter|question|item|plan|motion|topic',
  seat: 'stage|status|position|office|publicity member|organisation member|discipline member|deputy secretary|committee officer|officer|候选人|候选名单|nominee|nominees|阶段|什么阶段|seats|职责|分工|职务|职位|书记|副书记|支委|委员|组织委员|宣传委员|纪检委员|支部书记|支委会成员|支部委员|支部委员会|secretary|deputy|committee members|committee member|branch committee|committee|officers',
  code: '码|代码|号码|验证码|code',
  download:
    '网页|网页版|链接|on the web|web page|the web|link|打印|打印出来|print|print out|下载|导出|导|拿|要|发送|更新|传|传一下|download|export|send|get|update|upload|load|bring in',
  evidence:
    'calculate|compute|work out|reckon|arrive at|calculation|explain|explained|explanation|构成|组成|怎么来的|was calculated|calculated|explain how|依据|凭什么|哪来的|怎么算|怎么算的|如何计算|计算|来源|明细|evidence|breakdown|why|calculated|computed|worked out|basis',
  other:
    'the other branches doing|other branches doing|the others doing|全院|全校|全单位|院里|学校里|全系统|全党委|各单位|other units|其他支部|别的支部|各支部|所有支部|兄弟支部|各个支部|other branches|all branches|each branch|branches',
  yes: '已|已经|已签到|已打卡|我已|already|done',
  date: '哪天|哪几天|days|day|日子|时间|安排|日程|日程表|行程|schedule|calendar|dates|plan|timetable',
  canCome:
    'can come after all|can make it after all|will come after all|can attend after all|can make it now|am free after all|will be there after all',
  notTalked:
    'still need a talk|still needs a talk|still to be talked to|还没谈的|没谈的|没谈上|not talked to|haven’t talked to|not been talked to|without a talk',
  part: '学习|谈心|三会一课|生活会|资料|台账|文化|安全|承诺|廉政|建议|思想动态|支委会议|on study|study|meetings|lectures|records|culture|safety|pledges|integrity|talks|minutes|suggestions',
  whichMeeting: 'which meetings|what meetings|how many meetings',
  aHoliday: 'a holiday|a public holiday|a day off',
  later: '晚|早|提早|晚点|早点|晚些|早些|later|earlier|sooner',
  dayOff: 'holiday',
  noMore: '不要|不想要|不用|不必|不再|别再|不要再|no longer|not any more|stop having|stop the',
  askLeave: '批个假|准个假|请个假|请一天假|请半天假|批我假|准我假|告个假|批假',
  compare: 'compare|comparison|compared with|对比|比较|相比|比一比',
  notDone: '不做|不办|不开展|不完成|不谈|没做|not done|left undone',
  theOnes: '的人|的人员|的同志|的党员|those who|people who|the ones who|everyone who',
  info: '信息|资料|情况|档案|详情|details|profile|information',
} as const

/** Politeness, pronouns and particles. They may stand anywhere and say nothing. */
const filler =
  '最多的|最多|最少的|that|the day before|of our unit|our unit|still|走起|their|theirs|its|that is great|great|perfect|excellent|awesome|显示|但是|但|却|indeed|very much|truly|过了时间|过期了|超过时间|时间过了|为|成为|大家不用来|统计|汇总|查一下|查查|清点|输入|several|both|secret|anonymous|anonymously|i don’t know|don’t know|do not know|without|needs|requires|called|named|youth|teachers|students|women|retired|hi there|hello there|hey there|各是|各占|各为|各算|各自|分别|大概|大约|一共|总共|觉得|认为|感觉|think|believe|feel that|the most|most of all|新一届|下一届|本届|must|列表|清单|帮帮我|帮帮忙|against|recently|instead of|two more|one more|任命|委任|聘|为|门口|上级|党委|考核组|评定组|之间|互相|升任|升为|升|接任|改任|提拔|提为|青年|教工|研究生|机关|离退休|行政|后勤|but|however|though|批量|among|空白|完整|全套|最终版|compared|compare|down there|列出|列一下|罗列|别人|其他人|某人|一个人|负责|由谁负责|位置|方面|变动|得了|重要|小|短|紧急|临时性|人员名|表示|正在|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|actually please|urgently|quick|short|small|brief|extra|additional|special|formal|informal|always|usually|simply|directly|right away|immediately|today or tomorrow|现场|current|latest|recent|together|item|an item|items|同一时间|同样|原时间|老时间|新的|新|另|整体|目前为止|截至目前|到目前|迄今|麻烦看下|辛苦看下|辛苦帮忙|劳驾帮忙|帮着|跟我说|跟我讲|和我说|给个|给份|弄份|来份|来一份|要份|要个|求个|求一份|kindly please|quick question|question|a question|please help|help with|figure out|work out|happening|happens|happen|take|taken|taking|ones|one of|of us|of our|within|during|until|till|through|over to|使用|else|因故|人选|before|after|the end of|end|临|出席|因工作|统一|按时|准时|正式|线下|原|老规矩|照常|如期|初步|一律|invite|also please|kindly note|主持人|remind me|would|could|can|will you|原定|原来|原先|原本|但是|可是|不过|但|显示|却|比|单位|部门|处里|科室|担任|当|任|兼任|说|讲|介绍|介绍一下|讲解|演示|活动|我们组|本组|组里|各位支委|支委们|各位委员|各位老师|各位同事|各位党员同志|全体|全体同志|我院|我校|学院|在外|外面|会上|会后|会前|年度|今年|本年|记一下|记下|记录一下|某|比如|例如|是由|是在|是从|是不是|以及|还是|或者|或|并|并且|如何才能|怎样才能|才能|能够|可否请|能不能请|接着|继续|前面|后面|之前|之后|以前|以后|前|后|内容|问题|相关|有关|方面的|一点|一直|总是|经常|尤其|特别|主要|原因|之类|等|等等|情况下|时候|时|期间|过程中|过程|身体|各个|第一次|最好|肯定|好像|似乎|刚|刚刚|才|已|挺|稍微|暂时|临时|实在|恐怕|可能|估计|应当|必须|务必|得要|最终|后来|只|只有|仅|均|每个|整个|整|全|其中|关于这个|方面|那天|当天|一天|当时|到底是|究竟是|是否可以|是不是可以|麻烦问下|麻烦问一下|请问一下|请教下|咨询|咨询一下|打听一下|probably|perhaps|afraid|i am afraid|unfortunately|regretfully|very|much|more|than|only|each|yes|no problem|well then|anyway|anyhow|as soon as possible|by any chance|at all|at the moment|at present|right now|so far|this time|whole|quite|a bit|a little|bit|kind of|用|我人|抱歉|不好意思|对不起|不好意思啊|yet|sorry|oh|well|actually|maybe|我这边|人家|当然|具体|一块|一起|顺便|直接|方便|方便的话|方便吗|有空|有空吗|开始|到时候|本次|这次|那次|这一次|该次|此次|这场|那场|这节|这个会|成|所|被|老|想要|总共|一共|共|各|每位|大概|大约|左右|一共有|还需要|的话|如果可以|那么|请各位|烦|劳烦|求|求助|请教一下|呗|嘞|呦|哟|嗨|hey|there|really|please could you|could you please|can you please|would it be possible|is it possible|possible to|i am trying|want you to|i want you to|i wish|id like|may|might|today s|we would|also|then|both|already|his|over|off|down|back|as well|for us|for me|to us|to me|一|一名|两名|一位|几名|几位|别的|其他|另一个|另外|list|请|请问|请你|请您|帮|帮我|帮我们|帮忙|帮个忙|帮下|帮一下|麻烦|麻烦你|麻烦您|麻烦帮|劳驾|烦请|拜托|你好|您好|嗨|哈喽|在吗|在不在|可以|能|能不能|能否|可否|可不可以|可以不可以|行不行|行吗|好吗|好不好|可以吗|给|给我|给我们|替|替我|替我们|为|为我|一下|一下子|下|吧|呢|啊|呀|哦|噢|喔|嘛|啦|咯|呗|哈|嗯|唉|哎|喂|那|那个|这个|这|该|此|的|地|了|我|我们|我们的|咱|咱们|本人|自己|你|您|俺|要|想|想要|需要|得|准备|打算|希望|想请|我要|我想|我们要|找|想找|还|都|也|就|先|再|又|把|将|对|跟|和|与|给大家|到底|究竟|目前|现在|当前|眼下|刚才|有|是|在|来|去|看|看看|看下|看一下|看一眼|瞧瞧|查|查看|查一下|查查|查下|查询|瞅瞅|了解|了解一下|显示|发|发我|发给我|发一下|发一份|发个|告诉我|告诉|说说|说下|说一下|知道|想知道|想问|问一下|问问|问下|请教|支部|党支部|咱支部|我支部|我们支部|咱们支部|同志|同志们|各位|各位同志|各位党员|大家|老师|机器人|小助手|助手|小支|关于|一个|个|一次|次|一场|场|里|上|中|内|进行|一份|份|张|一张|那边|这边|这里|那里|急|赶紧|尽快|快|快点|赶快|马上|立刻|由|让|请各位|由于|因为|因|所以|而且|然后|谢谢|谢谢你|多谢|辛苦了|辛苦|感谢|呵呵|哈哈|ok|好的|好|嘞|需|须|应|应该|会不会|以|于|从|到|至|向|其|们|是什么|点|些|有些|一些|位|名|please|pls|plz|can you|could you|would you|will you|can i|could i|may i|might i|can we|could we|shall we|i|we|me|us|my|our|your|you|i am|we are|i would|we would|i would like|like|want|wanna|need|needs|to|the|a|an|of|for|in|at|on|it|its|is|are|be|do|does|this|that|these|those|there|now|currently|just|hi|hello|hey|thanks|thank you|many thanks|cheers|show|display|see|look|look at|view|let me|let us|tell|give|get|help me|help us|with|from|by|and|so|some|any|have|has|got|go|let|about|kindly|know|should|gotta|will|up|out|here|right|still|again|also|ok|okay|dear|comrades|colleagues|team|everybody|branch|our branch|bot|s|am|what about|find|find out|check|wondering|to know|possible|quickly|today please|asap|because|since|as|due|i need|i want|we need|we want|going|going to|been|or|into|one|try|trying|per|him|her|them|i think'

export const subjectNames: ReadonlySet<string> = new Set(Object.keys(subjects))

const all: Record<string, string> = { ...subjects, ...general, filler }
for (const [is, words] of Object.entries(joints)) all[is] = `${all[is]}|${words}`

/** English nouns are written down in one number, and said in both. A holiday and a talk are everybody's, in the plural they are ours. */
const ONE_NUMBER = /^(?:holidays|public holidays|talks|heart-to-heart)$/
function otherNumber(word: string): string[] {
  if (!/^[a-z -]{4,}[^sxy]$|^[a-z -]{3,}[^s]s$/.test(word) || ONE_NUMBER.test(word) || /(?:us|is)$/.test(word)) return []
  return [word.endsWith('s') ? word.slice(0, -1) : `${word}s`]
}

/** The words of deeds. English ones are written down as they stand in a list of commands. */
const deeds = ['hold', 'start', 'cancel', 'move', 'change', 'add', 'remove', 'write', 'notify', 'download']

/** schedule → scheduling, scheduled, schedules. */
function otherForms(word: string): string[] {
  if (!/^[a-z]{3,}$/.test(word) || /(?:ing|ed|[^aeiou][aeiou][bdgmnpt])$/.test(word)) return []
  const stem = word.endsWith('e') ? word.slice(0, -1) : word
  return [`${stem}ing`, `${stem}ed`, `${word}s`]
}

for (const is of deeds) all[is] = `${all[is]}|${all[is]?.split('|').flatMap(otherForms).join('|')}`
for (const is of Object.keys(subjects)) all[is] = `${all[is]}|${all[is]?.split('|').flatMap(otherNumber).join('|')}`

type Word = { word: string; is: string }

/** All words by their first letter. */
export const wordsByLetter: ReadonlyMap<string, readonly Word[]> = Map.groupBy(
  Object.entries(all).flatMap(([is, words]) => words.split('|').map((word): Word => ({ word: word.replaceAll('’', "'"), is }))),
  ({ word }) => word.slice(0, 1),
)
export const conceptNames: ReadonlySet<string> = new Set(Object.keys(all))
