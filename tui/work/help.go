package work

import (
	"taizhang/tui/ui"
)

func (s *work) Hints() []ui.Hint {
	if !s.app.County {
		return []ui.Hint{{Action: ui.New, Label: "今天办什么"}, {Action: ui.Open, Label: "打开"}, {Action: ui.MonthEnd, Label: s.app.MonthEndName()}, {Action: ui.Next, Label: "换一栏"}}
	}
	return []ui.Hint{{Action: ui.Open, Label: "打开"}, {Action: ui.MonthEnd, Label: s.app.MonthEndName()}, {Action: ui.Next, Label: "换一栏"}}
}

func (s *work) Help() []string {
	if w := s.app.Words(); w.Sums() {
		return []string{
			"这里是工作台:左边是要办的事,右边是" + w.Each() + "报来的数字加起来的" + w.Whole() + "人数和指标。",
			"收一个U盘的报送包按 F9(或 Ctrl+E);谁报了、谁没报看“报送情况”。",
			"用上下键移动,左右键或 Tab 换一栏,按回车打开。",
			"汇总、封账、上报上级和各类记录请按 F12(或 Ctrl+K)打开菜单。",
			"“待办”和“检查”只说" + w.Here() + "自己的记录。",
		}
	}
	if s.app.County {
		return []string{
			"这里是工作台:左边是要办的事,右边是全县各类人员的人数。",
			"收一个U盘的报送包按 F9(或 Ctrl+E);谁报了、谁没报看“报送情况”。",
			"用上下键移动,左右键或 Tab 换一栏,按回车打开。",
			"交叉核对、汇总和各类记录请按 F12(或 Ctrl+K)打开菜单。",
			"“待办”只说县里自己的记录;检查全部记录要半分钟,要看时再按回车。",
		}
	}
	return []string{
		"这里是工作台,打开程序最先看到它:左边是要办的事,右边是各类人员的人数和指标。每天开机看一眼,就知道今天该办什么。",
		"“待办”一行是一项规定,按回车看是哪些记录;办好并登记以后就不再提醒。",
		"用上下键移动,左右键或 Tab 换一栏,按回车打开。",
		"要登记今天办的事,按 F2(或 Ctrl+N):开会、收党费、来人走人、走访谈话……照平常的话选。",
		"登记别的事情请按 F12(或 Ctrl+K)打开菜单;每月上报按 F9(或 Ctrl+E)。",
		"“错误”必须改正才能上报,“提醒”请核对,确实无误可以保留。",
		"指标那几条,█ 是已经达到的,┃ 是目标;按回车到“统计”,看全部指标、几张图和还差哪些人。",
	}
}
