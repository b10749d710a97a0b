package demo

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/demo/internal/folk"
)

// movements opens the ledger with the members on file and tells who came, left and
// went away in the year. Admissions and confirmations are told with them.
func (v *village) movements() {
	opening := v.span.opening()
	for _, p := range folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.Since == opening }) {
		v.book.settle(opening, p, fields{"kind": "期初在册"}, nil)
	}
	v.moves()
	v.deaths()
	v.journeys()
}

func (v *village) moves() {
	elsewhere := folk.VillageNames(v.dice("neighbours"), 2)[1]
	for i, p := range v.cast.movedIn {
		neighbour := folk.VillagePlace(8, 0, elsewhere)
		from := []string{neighbour.BranchName(), "中共" + folk.PrefectureName + "瑞丰机械有限公司支部委员会"}[i%2]
		v.book.settle(p.Since, p, fields{"kind": "转入", "from_org": from, "from_code": []string{neighbour.Code, ""}[i%2],
			"letter_no": fmt.Sprintf("%d第%04d号", p.Since.Year(), 312+57*i), "dues_paid_to": p.Since.Month(),
			"valid_until": p.Since.AddDays(25), "receipt_on": p.Since.AddDays(4), "note": []string{"工作调动", "返乡定居"}[i%2] + ",编入" + v.groupName(p)}, nil)
	}
	for i, p := range v.cast.movedOut {
		v.book.settle(p.Until, p, fields{"kind": "转出", "to_org": "中共" + folk.CountyName + "槐汀镇机关支部委员会", "to_code": folk.TownCode(1),
			"letter_no": fmt.Sprintf("%d第%04d号", p.Until.Year(), 108+i), "dues_paid_to": p.Until.Month(),
			"valid_until": p.Until.AddDays(v.letterDays()), "receipt_on": p.Until.AddDays(7), "note": "考录为乡镇公务员"},
			fields{"standing": "转出", "left_on": p.Until, "occupation": "公务员事业编"})
	}
}

func (v *village) groupName(p *folk.Villager) string {
	return "第" + folk.ChineseDigits[p.Group+1] + "党小组"
}

func (v *village) deaths() {
	for _, p := range v.cast.died {
		v.book.settle(p.Until, p, fields{"kind": "去世"}, fields{"standing": "去世", "left_on": p.Until})
	}
}

// letterDays is for how long a letter of transfer is valid: 90 days at most.
func (v *village) letterDays() int {
	if v.faulty != nil {
		return 91
	}
	return 30
}

// journeys are those who went away to work in the year and who came back.
func (v *village) journeys() {
	for i, p := range v.cast.leaving {
		card := fmt.Sprintf("990101%04d", 31+i)
		v.book.settle(p.LeftOn, p, fields{"kind": "外出流动", "away": p.Away, "away_place": p.Place, "away_card": card, "note": "外出务工," + p.Place + ",由" + v.cast.publicist.Name + "联系"},
			fields{"away": p.Away, "away_place": p.Place, "away_since": p.LeftOn, "away_card": card, "occupation": "外出务工"})
	}
	for _, p := range folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.Lost != "" }) {
		v.book.settle(p.Lost, p, fields{"kind": "失联", "note": "电话停机,家属也联系不上"}, fields{"lost_since": p.Lost})
	}
	for _, p := range v.cast.back {
		v.book.settle(p.Returned, p, fields{"kind": "流动返回", "note": "返乡参加村里的稻虾种养"},
			fields{"away": "", "away_place": "", "away_since": "", "away_card": "", "occupation": "种养业大户"})
	}
}

// onFile gives the members on file on a day; the balance of any month must
// come to the same.
func (v *village) onFile(d model.Date) []*folk.Villager {
	return folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.OnFile(d) })
}

// due gives those who should attend on a day.
func (v *village) due(d model.Date) []*folk.Villager {
	return folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.Due(d) })
}

// voters gives those with a vote who should attend on a day.
func (v *village) voters(d model.Date) []*folk.Villager {
	return folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.Due(d) && p.Votes(d) })
}
