package main

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/copies"
	"taizhang/store/send"
)

func (m *Main) initCommand() *cobra.Command {
	var home store.Home
	var profile, card, first, trust string
	c := &cobra.Command{
		Use:   "init --code 代码 --name 名称,或 init --card 启动卡",
		Short: "新建台账(本村党组织和签名密钥)",
		Long: "新建台账。县里发了启动卡(代码.card.json)的,用 --card 什么都不用打:代码、名称和县里的配置文件都在卡里。\n" +
			"台账已经有了、县里发来新的配置文件时:taizhang init --county-profile county.json,只取入它;\n" +
			"县里丢了密钥换了新的,打电话核对八位校验数字,再加 --trust 八位数字。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := m.path()
			if err != nil {
				return err
			}
			if home.FirstMonth, err = m.firstMonth(first); err != nil {
				return err
			}
			if card != "" {
				return m.createFromCard(cmd, path, card, home.FirstMonth)
			}
			if trust != "" && profile == "" {
				return usagef("--trust 是核对配置文件用的,请同时写上 --county-profile 文件")
			}
			if profile != "" && home.Code == "" && home.Name == "" && isFile(path) {
				return m.takeProfile(cmd.Context(), profile, trust)
			}
			if err := required(cmd, "code", "name"); err != nil {
				return err
			}
			var data []byte
			if profile != "" {
				if data, err = readSealed(profile); err != nil {
					return err
				}
				if err := vouched(data, trust); err != nil {
					return err
				}
			}
			return m.create(cmd, path, home, data)
		},
	}
	f := c.Flags()
	f.StringVar(&card, "card", "", "县里发的启动卡(代码.card.json)")
	f.StringVar(&home.Code, "code", "", "组织代码,6 到 24 位数字或字母")
	f.StringVar(&home.Name, "name", "", "党组织名称")
	f.StringVar(&home.Kind, "kind", "党支部", "组织类别")
	f.StringVar(&home.Domain, "domain", "行政村", "所在领域")
	f.StringVar(&home.Township, "township", "", "乡镇")
	f.StringVar(&home.County, "county", "", "县市")
	f.StringVar(&first, "first-month", "", "从哪个月记起,例如 2026-10(不写:本月);读入的党员算这个月以前就在册")
	f.StringVar(&profile, "county-profile", "", "县里发来的配置文件(county.json);台账已经有了的,只取入它")
	f.StringVar(&trust, "trust", "", "县里在电话里念的八位校验数字:县里丢了密钥、换了新的时要写")
	return c
}

// takeProfile takes the county's profile into a ledger that is there.
func (m *Main) takeProfile(ctx context.Context, file, trust string) error {
	data, err := readSealed(file)
	if err != nil {
		return err
	}
	return m.withLedger(ctx, false, func(l *store.Ledger) error {
		digits, pinned, err := send.NewKey(ctx, l, data)
		if err == nil {
			err = m.before(ctx, l, copies.Profile)
		}
		switch {
		case err != nil:
		case digits == "":
			err = send.SetProfile(ctx, l, data)
		case trust == "":
			err = model.Errorf("E-PROFILE-KEY", "县里的密钥变了(已取入的校验数字 %s):请打电话给县里,让他们念新的八位校验数字,写在 --trust 后面再运行;对不上的不要取入", pinned)
		default:
			err = send.TrustProfile(ctx, l, data, trust)
		}
		if err != nil {
			return err
		}
		p, err := send.Profile(ctx, l)
		if err == nil && p != nil {
			m.sayf("已取入县里的配置文件:%s,第 %d 版,校验数字 %s", model.Clean(p.Name, false), p.Version, bundle.CheckDigits(p.PublicKey))
		}
		return err
	})
}

// vouched asks that a profile for a new ledger stands under the key whose digits were read
// out; where nobody has read any, it is trusted.
func vouched(data []byte, trust string) error {
	if trust == "" {
		return nil
	}
	p, err := bundle.OpenProfile(data, "")
	if err == nil && !bundle.SameDigits(trust, bundle.CheckDigits(p.PublicKey)) {
		err = model.Errorf("E-DIGITS", "写的校验数字与文件里密钥的不一样,没有新建;请再打电话与县(市)委组织部核对,对不上的文件不要用")
	}
	return err
}

// firstMonth reads the month from which the book is kept, by default the current one.
func (m *Main) firstMonth(typed string) (model.Month, error) {
	source := &model.Source{Now: time.Now}
	return parseMonth(typed, source.Today())
}

// createFromCard makes the ledger of the unit that a start card names.
func (m *Main) createFromCard(cmd *cobra.Command, path, file string, first model.Month) error {
	for _, name := range []string{"code", "name", "kind", "domain", "township", "county", "county-profile"} {
		if cmd.Flags().Changed(name) {
			return usagef("启动卡里已有代码、名称和配置文件,--card 不能与 --%s 一起用", name)
		}
	}
	data, err := readSealed(file)
	if err != nil {
		return err
	}
	c, _, err := bundle.OpenCard(data, "")
	if err != nil {
		return err
	}
	home := send.HomeOfCard(c)
	home.FirstMonth = first
	return m.create(cmd, path, home, []byte(c.Profile))
}

// create makes the ledger and takes the profile in.
func (m *Main) create(cmd *cobra.Command, path string, home store.Home, profile []byte) error {
	beside := store.NameBeside(path)
	l, err := book.CreateWith(cmd.Context(), path, home, profile, store.Options{})
	if err != nil {
		return err
	}
	if beside != "" {
		m.tellf("请留意:新台账%s;要接着用的是那一个,请从备份恢复\n", beside)
	}
	m.sayf("已新建台账:%s", l.Path())
	m.sayf("党组织:%s(%s)", l.Home().Text("name"), l.Home().Text("code"))
	m.sayf("台账从%s记起", home.FirstMonth.Chinese())
	p, err := send.Profile(cmd.Context(), l)
	switch {
	case err != nil:
	case p == nil:
		m.sayf("还没有县里的配置文件;导出报送包之前,请用 --county-profile 或在设置里取入 county.json")
	default:
		m.sayf("县里的配置文件:%s,第 %d 版,校验数字 %s", model.Clean(p.Name, false), p.Version, bundle.CheckDigits(p.PublicKey))
	}
	return errors.Join(err, l.Close())
}

// readSealed reads a file that the county has signed.
func readSealed(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fileError(path, err)
	case info.IsDir() || info.Size() > bundle.MaxSealed:
		return nil, model.Errorf("E-SEAL", "“%s”不是县里签发的文件,请核对是否选错了文件", path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	return data, nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// fileError says in Chinese why a file can't be read.
func fileError(path string, err error) error { return store.ReadFault(err, path) }
