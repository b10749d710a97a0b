package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county/stick"
	"taizhang/store/sheet"
)

// stickOptions are the flags of stick.
type stickOptions struct {
	month, township, list string
	json                  bool
}

func (m *Main) stickCommand() *cobra.Command {
	var o stickOptions
	c := &cobra.Command{
		Use:   "stick U盘",
		Short: "看U盘上有谁的报送包和回执、哪个月的,谁还没有交",
		Long: "乡镇收U盘时用:列出U盘(或文件夹)上的报送包和回执,再列名单里还没有交的单位。不用密钥,什么也不改。\n" +
			"名单取自 --list 的文件、本机台账,或U盘上的 county.json。",
		Args: argsNamed("U盘或文件夹"),
		RunE: func(cmd *cobra.Command, args []string) error { return m.stick(cmd.Context(), args[0], o) },
	}
	f := c.Flags()
	f.StringVar(&o.month, "month", "", "月份,例如 2026-10(不写:U盘上最新的)")
	f.StringVar(&o.township, "township", "", "只问这个乡镇谁没有交(不写:U盘上有哪些乡镇的就问哪些)")
	f.StringVar(&o.list, "list", "", "单位名单(.xlsx 或 .csv)")
	f.BoolVar(&o.json, "json", false, "结果写成 JSON")
	return c
}

func (m *Main) stick(ctx context.Context, path string, o stickOptions) error {
	source := &model.Source{Now: time.Now}
	q := stick.Question{Township: o.township, Otherwise: source.Today().Month()}
	var err error
	if o.month != "" {
		if q.Month, err = parseMonth(o.month, ""); err != nil {
			return err
		}
	}
	if o.list != "" {
		q.Units, err = sheet.Units(ctx, book.Standard, o.list)
	} else {
		q.Units, err = m.listOnFile(ctx)
	}
	if err != nil {
		return err
	}
	s, err := stick.Look(ctx, path, q)
	if err != nil {
		return err
	}
	if o.township != "" && s.Listed && s.Expected == 0 {
		return usagef("单位名单里没有“%s”这个乡镇,请照名单里的写法写", model.Clean(o.township, false))
	}
	if o.json {
		return writeJSON(m.Stdout, s)
	}
	m.sayStick(s)
	return nil
}

// listOnFile gives the list of the ledger on this machine; none where there is no
// ledger, since a township needs none.
func (m *Main) listOnFile(ctx context.Context) (units []store.Unit, err error) {
	l, err := m.open(ctx, true)
	var known *model.Error
	if errors.As(err, &known) && known.Code == "E-NOFILE" && m.db == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	units, err = l.Roll(ctx)
	return units, errors.Join(err, m.close(ctx, l))
}

func (m *Main) sayStick(s stick.Stick) {
	rel := func(path string) string {
		short, err := filepath.Rel(s.Path, path)
		if err != nil {
			short = path
		}
		return model.Clean(short, false)
	}
	if len(s.Bundles) == 0 {
		m.sayf("没有找到报送包,请检查U盘或文件夹选得对不对")
	} else {
		m.sayf("报送包 %d 个:", len(s.Bundles))
	}
	for _, b := range s.Bundles {
		who := strings.TrimSpace(model.Clean(b.Township+" "+b.Name, false))
		switch {
		case b.Code == "":
			m.sayf("  看不出是哪个单位的(文件名改过,县里打开才知道) %s %s", sizeText(b.Size), rel(b.Path))
			continue
		case b.Name == "" && s.Listed:
			who = "(代码不在名单里)"
		case b.Name == "":
			who = b.Code
		}
		note := ""
		if b.Older {
			note += ",有更新的一份"
		}
		if b.Again {
			note += ",重复的一份"
		}
		if b.Plain {
			note += ",没有加密,县里不收"
		}
		m.sayf("  %s %s 第 %d 号 %s %s%s", who, b.Month.Chinese(), b.Sequence, sizeText(b.Size), rel(b.Path), note)
	}
	for _, b := range s.Broken {
		what := "不是报送包或已损坏"
		if b.Empty {
			what = "空文件"
		}
		m.sayf("  %s %s:%s,不算交了,请重新导出", orDash(b.Name), rel(b.Path), what)
	}
	m.sayReceipts(s.Receipts)
	if len(s.Others) > 0 {
		m.sayf("另有别的文件 %d 个", len(s.Others))
	}
	for _, path := range s.Unread {
		m.sayf("读不出:%s,请检查U盘", rel(path))
	}
	m.sayMissing(s)
}

// sayReceipts lists the answers that lie on a stick.
func (m *Main) sayReceipts(all []stick.Receipt) {
	if len(all) > 0 {
		m.sayf("回执 %d 份:", len(all))
	}
	for _, r := range all {
		text := r.Verdict
		if text == "" {
			text = "读不出,请向县里重新要"
		}
		if r.Problems > 0 {
			text += fmt.Sprintf(",问题 %d 条", r.Problems)
		}
		m.sayf("  %s %s 第 %d 号:%s", orDash(r.Name), r.Month.Chinese(), r.Sequence, text)
	}
}

func (m *Main) sayMissing(s stick.Stick) {
	if !s.Listed {
		m.sayf("没有单位名单,不知道还差谁;请用 --list 写明名单,或把县里发的 county.json 放在U盘上")
		return
	}
	m.sayf("%s %s应交 %d 个单位,还差 %d 个", s.Month.Chinese(), strings.Join(s.Due, "、"), s.Expected, len(s.Missing))
	for _, u := range s.Missing {
		m.sayf("  %s %s %s %s", orDash(u.Township), u.Name, u.Code, orDash(u.Phone))
	}
}

// sizeText shows a size in bytes as people read it.
func sizeText(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d 字节", n)
}
