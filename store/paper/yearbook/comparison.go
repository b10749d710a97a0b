package yearbook

import (
	"cmp"
	"fmt"

	"taizhang/model/party/membership"
	"taizhang/store/paper/page"
)

// comparison is table 1, with its six published formulas (domain.md §8.2).
func (b *book) comparison() ([]page.Block, error) {
	r, err := b.balance()
	if err != nil {
		return nil, err
	}
	g := &grid{first: "项目", columns: []page.Column{{Heading: []string{"党员数", "A"}, Format: page.Number, Align: page.Centre, Min: 16}}}
	for _, l := range []struct {
		line
		n int
	}{
		{line{"一、上年底总数", 0}, r.Opening}, {line{"二、本年增加", 0}, r.Added}, {line{"发展党员", 1}, r.Developed},
		{line{"恢复党籍", 1}, r.Restored}, {line{"转入组织关系", 1}, r.MovedIn}, {line{"其中整建制转入", 2}, r.WholeIn},
		{line{"三、本年减少", 0}, r.Removed}, {line{"出党", 1}, r.Expelled}, {line{"停止党籍", 1}, r.Stopped}, {line{"死亡", 1}, r.Died},
		{line{"转出组织关系", 1}, r.MovedOut}, {line{"其中整建制转出", 2}, r.WholeOut}, {line{"四、本年底应有数", 0}, r.Expected},
		{line{"五、本年底实有数", 0}, r.Closing}, {line{"六、实有数与应有数之差", 0}, r.Difference},
	} {
		g.rows = append(g.rows, l.line)
		g.cells = append(g.cells, row(l.n))
	}
	named, err := b.gaps(r)
	if err != nil {
		return nil, err
	}
	return b.blocks(g, 40, check(g, rowIs(2, 3, 4, 5), rowHolds(5, 6), rowIs(7, 8, 9, 10, 11), rowHolds(11, 12),
		formula{left: 13, right: []int{1, 2}, minus: []int{7}}, formula{left: 15, right: []int{14}, minus: []int{13}}),
		opened(r), named), nil
}

// opened says that the ledger was begun within the span: those members stood there before.
func opened(r *membership.Reckoning) []string {
	if r.Opened == 0 {
		return nil
	}
	return []string{fmt.Sprintf("台账是本期建的,上年底总数里有 %d 人是建账时登记的“期初在册”。", r.Opened)}
}

// gaps explains line 15 by the persons who make it: also where they cancel each other out.
func (b *book) gaps(r *membership.Reckoning) ([]string, error) {
	if r.Closes() {
		return nil, nil
	}
	const most = 40
	lines := []string{fmt.Sprintf("应有数与实有数对不上的 %d 人(差 %d):", len(r.Gaps), r.Difference)}
	if len(r.Gaps) == 0 {
		return []string{fmt.Sprintf("差 %d,来自上一次结账的人数,说不出是谁;请重新核对上年十二月的名册。", r.Difference)}, nil
	}
	where := map[string]string{}
	if b.county {
		everyone, err := b.everyone()
		if err != nil {
			return nil, err
		}
		for _, p := range everyone {
			if p.home != nil {
				where[p.r.ID] = "(" + cmp.Or(p.home.Str("short_name"), p.home.Str("name")) + ")"
			}
		}
	}
	for i, gap := range r.Gaps {
		if i == most {
			lines = append(lines, fmt.Sprintf("……还有 %d 人,见“月度上报”的“核对名册”。", len(r.Gaps)-most))
			break
		}
		lines = append(lines, fmt.Sprintf("%d. %s%s:%s。", i+1, cmp.Or(gap.Name, "(无姓名)"), where[gap.Person], gap.Text))
	}
	return lines, nil
}
