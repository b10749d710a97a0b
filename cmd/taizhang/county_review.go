package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/sheet"
)

// reviewOptions are the flags of county review.
type reviewOptions struct {
	accept, refuse, json bool
	asked, key           string
}

func (m *Main) countyReviewCommand() *cobra.Command {
	var o reviewOptions
	c := &cobra.Command{
		Use:   "review [组织代码]",
		Short: "待核实的报送包:列出来,问过村里以后收下或退回",
		Long: "报送包会让在册党员没有办理变动就少了,或一类记录少了三分之一以上(至少 10 条),就先放着不收:待核实,县里原来的记录不动。\n" +
			"不写组织代码,列出全部待核实的和少了谁。写组织代码,问是收下还是退回(直接回车是退回);\n" +
			"不在终端上用时写明:--accept --asked \"电话问过书记,三人已去世\",或 --refuse。收下要写明问了谁;结果写进下一次的回执。\n" +
			"这个单位以后的报送包来了,待核实的旧包自动不用再核实。",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("多了“%s”,用法:%s", model.Clean(args[1], false), cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return m.review(cmd, args, o) },
	}
	f := c.Flags()
	f.BoolVar(&o.accept, "accept", false, "收下")
	f.BoolVar(&o.refuse, "refuse", false, "退回")
	f.StringVar(&o.asked, "asked", "", "问了谁、怎么说的(收下时要写)")
	f.StringVar(&o.key, "key", "", "县里的密钥(不写用台账旁边的 county.key);收下时要用")
	f.BoolVar(&o.json, "json", false, "列出时写成 JSON")
	return c
}

func (m *Main) review(cmd *cobra.Command, args []string, o reviewOptions) error {
	ctx := cmd.Context()
	switch {
	case o.accept && o.refuse:
		return usagef("--accept 和 --refuse 只能写一个")
	case len(args) == 0 && (o.accept || o.refuse):
		return usagef("请写明是哪个单位的:taizhang county review 组织代码 --accept --asked \"问了谁、怎么说的\"")
	case o.accept && strings.TrimSpace(o.asked) == "":
		return usagef("收下要写明问了谁、怎么说的:--asked \"电话问过书记,三人已去世\"")
	case len(args) == 0:
		return m.withCounty(ctx, true, func(l *store.Ledger) error { return m.listWaiting(cmd, l, "", o) })
	case !o.accept && !o.refuse && !m.Terminal:
		return m.withCounty(ctx, true, func(l *store.Ledger) error { return m.listWaiting(cmd, l, args[0], o) })
	case !o.accept && !o.refuse:
		err := m.withCounty(ctx, true, func(l *store.Ledger) error { return m.askReview(cmd, l, args[0], &o) })
		if err != nil || !o.accept && !o.refuse {
			return err
		}
	}
	d := county.Decision{Accept: o.accept, Asked: o.asked}
	if o.refuse {
		return m.withCounty(ctx, false, func(l *store.Ledger) error { return m.decide(cmd, l, nil, args[0], d) })
	}
	return m.withCountyKey(ctx, o.key, func(l *store.Ledger, key *bundle.CountyKey) error { return m.decide(cmd, l, key, args[0], d) })
}

// listWaiting lists what waits, of one unit or of all.
func (m *Main) listWaiting(cmd *cobra.Command, l *store.Ledger, code string, o reviewOptions) error {
	all, err := county.WaitingBundles(cmd.Context(), l, code)
	if err != nil {
		return err
	}
	if o.json {
		return writeJSON(m.Stdout, all)
	}
	for _, u := range all {
		m.sayWaiting(u)
	}
	switch {
	case len(all) == 0 && code != "":
		m.sayf("没有 %s 的报送包在等核实", model.Clean(code, false))
	case len(all) == 0:
		m.sayf("没有待核实的报送包")
	default:
		m.sayf("共 %d 个待核实;打电话问过以后:taizhang county review 组织代码 --accept --asked \"问了谁、怎么说的\",或 --refuse 退回", len(all))
	}
	return nil
}

func (m *Main) sayWaiting(u county.Undecided) {
	phone := ""
	if u.Phone != "" {
		phone = ",电话 " + u.Phone
	}
	m.sayf("%s", model.Clean(fmt.Sprintf("%s %s %s第 %d 号(%s 收到%s):%s", u.Code, u.Name, u.Month.Chinese(), u.Sequence, dayOf(u.At), phone, u.Reason), false))
}

// askReview shows what waits and asks on the terminal; to refuse is the default.
func (m *Main) askReview(cmd *cobra.Command, l *store.Ledger, code string, o *reviewOptions) error {
	all, err := county.WaitingBundles(cmd.Context(), l, code)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		m.sayf("没有 %s 的报送包在等核实", model.Clean(code, false))
		return nil
	}
	m.sayWaiting(all[0])
	m.tellf("请打电话问村里。收下的,写明问了谁、怎么说的;退回的,直接回车:")
	line, err := bufio.NewReader(m.Stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the answer: %w", err)
	}
	o.asked = strings.TrimSpace(line)
	switch {
	case o.asked != "":
		o.accept = true
	case err == nil:
		o.refuse = true
	default: // the input ended without a line: nothing was said
		m.sayf("没有决定,一切照旧")
		return errQuiet
	}
	return nil
}

func (m *Main) decide(cmd *cobra.Command, l *store.Ledger, key *bundle.CountyKey, code string, d county.Decision) error {
	in, err := county.Decide(cmd.Context(), l, key, code, 0, d)
	if err != nil {
		return err
	}
	m.sayf("%s", receivedLine(l.Kinds(), in))
	switch {
	case in.Verdict != county.Refused:
		m.sayf("已收下,原来的记录已换成这一包的;下一次写回执时告诉村里")
	case d.Accept:
		return errQuiet
	default:
		m.sayf("已退回,县里的记录一点没动;下一次写回执时告诉村里")
	}
	return nil
}

func (m *Main) countyCrossCommand() *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "cross",
		Short: "交叉核对:同一个人在两处在册,转出没有转入,转入没有转出",
		Long: "把各单位报来的人员互相核对:一个身份证号在两个单位都在册;转出三个月了对方没有登记转入(口袋党员);" +
			"转入三个月了对方没有登记转出。每一条也写进两边的回执。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return m.withCounty(cmd.Context(), true, func(l *store.Ledger) error { return m.cross(cmd.Context(), l, o) })
		},
	}
	f := c.Flags()
	f.StringVar(&o.format, "format", "text", "格式:text、csv、json、xlsx")
	f.BoolVar(&o.json, "json", false, "同 --format json")
	f.StringVar(&o.out, "out", "", "写到这个文件")
	return c
}

func (m *Main) cross(ctx context.Context, l *store.Ledger, o reportOptions) error {
	found, err := county.CrossCheck(ctx, l)
	if err != nil {
		return err
	}
	if found == nil {
		found = []county.CrossFinding{}
	}
	limit, err := county.CrossLimit(ctx, l)
	if err != nil {
		return err
	}
	if o.format == "text" && o.out == "" {
		for _, f := range found {
			m.sayf("%s %s", county.CrossTitle(f.Code), f.Text)
		}
		m.sayf("交叉核对:%d 条", len(found))
		if limit != "" {
			m.sayf("%s", limit)
		}
		return nil
	}
	g := sheet.Grid{Title: l.Home().Text("name") + " 交叉核对", Name: "交叉核对", Subtitle: l.Source().Today().Chinese(),
		Columns: []string{"类别", "日期", "乡镇", "单位", "人员", "另一单位", "说明"}}
	for _, f := range found {
		a, b := f.Sides[0], f.Sides[1]
		g.Rows = append(g.Rows, []any{county.CrossTitle(f.Code), string(f.Day), a.Township, a.Org, a.Person, b.Township + b.Org, f.Text})
	}
	result := map[string]any{"findings": found}
	var notes []string
	if limit != "" {
		g.Subtitle = limit + "  " + g.Subtitle
		notes, result["limit"] = []string{"", limit}, limit
	}
	return m.write(ctx, o, g, notes, result, county.CrossSheet(l.Home().Text("name"), l.Source().Today(), found, limit))
}
