package membership

import "taizhang/model"

// BalanceLine is one line of 《两年党员数综合比较》.
type BalanceLine struct {
	No    int    `json:"no"` // 1–15
	Label string `json:"label"`
	Count int    `json:"count"`
}

// The labels of the lines; %s is 年 or 月.
var balanceLabels = [15][2]string{
	{"一、上月底总数", "一、上年底总数"}, {"二、本月增加", "二、本年增加"},
	{"    发展党员", "    发展党员"}, {"    恢复党籍", "    恢复党籍"}, {"    转入组织关系", "    转入组织关系"}, {"      其中整建制转入", "      其中整建制转入"},
	{"三、本月减少", "三、本年减少"},
	{"    出党", "    出党"}, {"    停止党籍", "    停止党籍"}, {"    死亡", "    死亡"}, {"    转出组织关系", "    转出组织关系"}, {"      其中整建制转出", "      其中整建制转出"},
	{"四、本月底应有数", "四、本年底应有数"}, {"五、本月底实有数", "五、本年底实有数"}, {"六、实有数与应有数之差", "六、实有数与应有数之差"},
}

// Lines gives the table's 15 lines; those below a heading are indented.
func (b *Reckoning) Lines() []BalanceLine {
	year := model.OneIf(b.From.Month() != b.To.Month())
	counts := b.counts()
	lines := make([]BalanceLine, len(counts))
	for i, n := range counts {
		lines[i] = BalanceLine{i + 1, balanceLabels[i][year], n}
	}
	return lines
}

func (b *Balance) counts() [15]int {
	return [15]int{b.Opening, b.Added, b.Developed, b.Restored, b.MovedIn, b.WholeIn, b.Removed,
		b.Expelled, b.Stopped, b.Died, b.MovedOut, b.WholeOut, b.Expected, b.Closing, b.Difference}
}

// BalanceFormula is one of the checks published with the form.
type BalanceFormula struct {
	Code string `json:"code"`
	Text string `json:"text"`
	OK   bool   `json:"ok"`
}

// Formulas checks the table by the six formulas published with it (domain.md §8.2).
func (b *Balance) Formulas() []BalanceFormula {
	n := func(no int) int { return b.counts()[no-1] }
	holds := []bool{
		n(2) == n(3)+n(4)+n(5),
		n(5) >= n(6),
		n(7) == n(8)+n(9)+n(10)+n(11),
		n(11) >= n(12),
		n(13) == n(1)+n(2)-n(7),
		n(15) == n(14)-n(13) && n(15) == 0,
	}
	all := make([]BalanceFormula, len(holds))
	for i, ok := range holds {
		all[i] = BalanceFormula{BalanceRules[i].Code, BalanceRules[i].Text, ok}
	}
	return all
}

const sourceStatistics = "《中国共产党党内统计年报》第一表填表说明"

// BalanceRules are the formulas as the list of rules names them. They speak of a
// month or a year, not of a record, and keep a month from being closed.
var BalanceRules = []model.Rule{
	{Code: "E-STAT-01", Severity: model.Fault, Text: "增加数 = 发展党员 + 恢复党籍 + 转入组织关系(2 = 3+4+5)", Source: sourceStatistics},
	{Code: "E-STAT-02", Severity: model.Fault, Text: "转入组织关系不少于其中整建制转入(5 ≥ 6)", Source: sourceStatistics},
	{Code: "E-STAT-03", Severity: model.Fault, Text: "减少数 = 出党 + 停止党籍 + 死亡 + 转出组织关系(7 = 8+9+10+11)", Source: sourceStatistics},
	{Code: "E-STAT-04", Severity: model.Fault, Text: "转出组织关系不少于其中整建制转出(11 ≥ 12)", Source: sourceStatistics},
	{Code: "E-STAT-05", Severity: model.Fault, Text: "应有数 = 上期末总数 + 增加 − 减少(13 = 1+2−7)", Source: sourceStatistics},
	{Code: "E-STAT-06", Severity: model.Fault, Text: "实有数与应有数之差为零,否则要逐人说明(15 = 14−13 = 0)", Source: sourceStatistics},
}
