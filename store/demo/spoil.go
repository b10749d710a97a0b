package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/demo/internal/folk"
	"taizhang/store/internal/raw"
)

// Fault is one deliberate fault of a made-up ledger: what finds it, and where.
type Fault struct {
	Rule  string `json:"rule"` // the rule's or due item's id
	By    string `json:"by"`   // "check" or "due"
	Kind  string `json:"kind"`
	ID    string `json:"id"` // of the record it is found at
	Label string `json:"label"`
	Text  string `json:"text"` // what is wrong
}

// spoil puts in what no ledger would let in, and writes down the list of all faults.
func (v *village) spoil(ctx context.Context, path string) error {
	f, l := v.faulty, v.book.ledger
	change := map[*folk.Villager]fields{
		f.digit:        {"id_number": folk.WrongDigit(f.digit.IDNumber), "id_checked": false},
		f.sex:          {"sex": folk.OtherSex(f.sex.Sex)},
		f.birth:        {"birth_date": f.birth.Birth.AddDays(-31), "id_checked": false},
		f.young.Person: {"birth_date": f.youngBirth, "id_number": f.youngID},
	}
	var spoilt []*model.Record
	for _, p := range []*folk.Villager{f.digit, f.sex, f.birth, f.young.Person} {
		r, err := l.Get(ctx, "person", p.ID)
		if err != nil {
			return fmt.Errorf("demo: read %s: %w", p.Name, err)
		}
		for name, value := range change[p] {
			r.Set(name, value)
		}
		spoilt = append(spoilt, r)
	}
	vetoed, err := l.Get(ctx, "assessment", f.assessed["乡镇考核"])
	if err != nil {
		return fmt.Errorf("demo: read the assessment: %w", err)
	}
	vetoed.Set("vetoes", []string{"综治"})
	vetoed.Set("findings", "发生一起越级上访,综治一票否决。")
	if err := l.Inside(raw.Pass{}).PutUnchecked(ctx, append(spoilt, vetoed)...); err != nil {
		return fmt.Errorf("demo: put the faults in: %w", err)
	}
	if err := v.spoilRules(ctx); err != nil {
		return err
	}
	return v.writeKey(ctx, path)
}

func (v *village) writeKey(ctx context.Context, path string) error {
	all := v.key()
	letter, err := v.letter(ctx)
	if err != nil {
		return err
	}
	all = append(all, Fault{Rule: "E-TRF-90D", By: "check", Kind: "movement", ID: letter, Text: "介绍信有效期 91 天"})
	all = append(all, v.ruleKey(letter)...)
	for i := range all {
		r, err := v.book.ledger.Get(ctx, all[i].Kind, all[i].ID)
		if err != nil {
			return fmt.Errorf("demo: read a faulty %s: %w", all[i].Kind, err)
		}
		all[i].Label = r.Label()
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("demo: write the faults down: %w", err)
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
		return fmt.Errorf("demo: write the faults down: %w", err)
	}
	return nil
}

// letter gives the id of the movement with the letter that is valid too long.
func (v *village) letter(ctx context.Context) (id string, err error) {
	err = v.book.ledger.Each(ctx, store.Query{Kind: "movement", Conds: []model.Cond{model.Where("kind", model.Eq, "转出")}}, func(r *model.Record) error {
		id = r.ID
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("demo: read the letter: %w", err)
	}
	return id, nil
}

// key lists the faults but for their labels. What is looked at and is no fault
// stands in no list: two people of one name and day of birth, one born on 29
// February, a resolution with just half of the members present.
func (v *village) key() []Fault {
	f := v.faulty
	person := func(rule, by string, p *folk.Villager, text string) Fault {
		return Fault{Rule: rule, By: by, Kind: "person", ID: p.ID, Text: text}
	}
	admission := func(rule, by string, a *folk.Admission, text string) Fault {
		return Fault{Rule: rule, By: by, Kind: "admission", ID: a.ID, Text: text}
	}
	all := []Fault{
		person("E-ID-03", "check", f.digit, "身份证号末位(校验码)错"),
		person("E-ID-05", "check", f.sex, "性别与身份证号不符(已核对证件,是提醒)"),
		person("E-ID-06", "check", f.birth, "出生日期与身份证号不符"),
		person("E-DUE-RANGE", "check", f.dear, "农民党员月缴 1.2 元"),
		person("R-DUE-01", "due", f.unpaid5, "欠交 5 个月党费"),
		person("R-DUE-01", "due", f.unpaid6, "连续 6 个月未交党费"),
		person("R-STS-02", "due", f.lost, "失去联系 6 个月"),
		person("R-STS-03", "due", f.stopped, "停止党籍 24 个月"),
		admission("E-AGE-01", "check", f.young, "申请时不满 18 周岁"),
		admission("E-DEV-12M", "check", f.eleven, "列为积极分子 11 个月就确定为发展对象"),
		admission("E-DEV-NOTICE", "check", f.notice, "国庆前后公示,只有 4 个工作日(2026 年细则)"),
		admission("R-DEV-04", "due", f.notice, "同一份公示:满 5 个工作日是 10 月 10 日"),
		admission("W-DEV-MTG1M", "check", f.late, "预审通过后 5 周才开支部大会(2026 年细则)"),
		admission("E-DEV-12M", "check", f.late, "同一人:积极分子未满一年(2026 年 5 月以后申请的,到今天谁也满不了一年)"),
		admission("E-VOTE-HALF", "check", f.halved, "接收预备党员的支部大会到会恰为应到的一半"),
		admission("E-DEV-6M", "check", f.lateApproval, "支部大会通过 6 个半月后才审批"),
		admission("W-DEV-EXTEND", "check", f.longer, "预备期延长 5 个月"),
		admission("R-DEV-10", "due", f.lapsed, "预备期满 45 天还没有讨论转正"),
		{Rule: "W-ORG-SIZE", By: "check", Kind: "organization", ID: v.home, Text: fmt.Sprintf("%d 名党员的支部", v.size.members)},
		{Rule: "W-REV-THIRD", By: "check", Kind: "organization", ID: v.home, Text: "民主评议优秀的超过三分之一"},
		{Rule: "E-ELEC-45", By: "check", Kind: "election", ID: f.byElection, Text: "选举实到比应到的五分之四少 1 人"},
		{Rule: "E-FG-VETO", By: "check", Kind: "assessment", ID: f.assessed["命名"], Text: "乡镇考核被综治一票否决,仍然命名"},
	}
	return all
}
