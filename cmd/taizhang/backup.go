package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
	"taizhang/store/kit"
)

func (m *Main) backupCommand() *cobra.Command {
	var o countyBackup
	c := &cobra.Command{
		Use:   "backup",
		Short: "备份台账(正在用也可以)",
		Long: "备份台账:写一份完整的副本,正在用也可以。副本里有签名密钥和全部记录,请放在 U 盘上妥善保管。\n" +
			"县里的台账备份成一个加密的文件(.age),台账、密钥和配置文件都在里面:密钥有口令的用同一个口令,没有的另问一个。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.backUp(cmd.Context(), o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.path, "out", "", "写到这个文件或文件夹(不写:台账旁边)")
	f.StringVar(&o.key, "key", "", "县里的密钥(不写用台账旁边的 county.key);只有县里用")
	f.StringVar(&o.passphrase, "passphrase", "", "备份的口令(在终端上不写会问);只有县里用")
	f.BoolVar(&o.noKey, "no-key", false, "密钥丢了,只备份台账和配置文件;只有县里用")
	return c
}

func (m *Main) backUp(ctx context.Context, o countyBackup) error {
	office, keyed, beside := false, false, o.path == ""
	err := m.withLedger(ctx, true, func(l *store.Ledger) error {
		var err error
		if office, err = l.IsCounty(ctx); err != nil {
			return err
		}
		name := l.BackupName()
		if office {
			name = kit.Name(l)
		}
		switch {
		case o.path == "":
			o.path = filepath.Join(filepath.Dir(l.Path()), name)
		case isFolder(o.path):
			o.path = filepath.Join(o.path, name)
		case office && filepath.Ext(o.path) != kit.Extension:
			return usagef("县里的备份是一个加密的文件,文件名请以 %s 结尾,或者只写文件夹", kit.Extension)
		}
		if office {
			keyed, err = m.backUpCounty(ctx, l, o)
			return err
		}
		return l.Backup(ctx, o.path)
	})
	if err != nil {
		return err
	}
	m.sayf("已备份:%s", o.path)
	if office && keyed {
		m.sayf("台账、密钥和配置文件都在里面,加了口令;口令忘了谁也打不开,请记牢")
	}
	if beside {
		m.sayf("备份与台账在同一块硬盘上;请再拷一份到 U 盘,或用 --out 写到 U 盘")
	}
	if keyed && !beside { // one on the same disk is none for the key
		return m.noteKeyBackup(ctx)
	}
	return nil
}

// noteKeyBackup notes that the key has a copy. Where the ledger is in use elsewhere, the
// backup stands all the same.
func (m *Main) noteKeyBackup(ctx context.Context) error {
	err := m.withLedger(ctx, false, func(l *store.Ledger) error { return county.NoteKeyBackup(ctx, l, county.KeyInFile) })
	var known *model.Error
	if errors.As(err, &known) && known.Code == "E-LOCKED" {
		m.tellf("台账正开着,备份的日期没有记上;关掉别的窗口以后再备份一次,就不再提醒\n")
		return nil
	}
	return err
}

func (m *Main) restoreCommand() *cobra.Command {
	var passphrase string
	c := &cobra.Command{
		Use:   "restore 备份文件",
		Short: "从备份恢复台账(现在的台账留在旁边)",
		Long: "从备份恢复台账:先检查备份完好,再把现在的台账改名留在旁边,把备份抄到它的位置。\n" +
			"县里的备份(.age)要打口令,台账、密钥和配置文件一起放回 --db 的文件夹;原来的密钥改名留在旁边。\n" +
			"县里给乡镇的摘录(.age)也这样打开,--db 写一个新的文件。",
		Args: argsNamed("备份文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := m.path()
			if err != nil {
				return err
			}
			kept, sealed, err := m.restoreSealed(cmd.Context(), args[0], path, passphrase)
			switch {
			case sealed || err != nil:
			case kit.Is(args[0]):
				return m.restoreCounty(cmd.Context(), args[0], path, passphrase)
			default:
				kept, err = book.Restore(cmd.Context(), args[0], path, store.Options{})
			}
			if err != nil {
				return err
			}
			m.sayf("已恢复:%s", path)
			if kept != "" {
				m.sayf("原来的台账留在:%s", kept)
			}
			// Opened once, it says what this machine remembers beyond it.
			if err := m.withLedger(cmd.Context(), true, func(*store.Ledger) error { return nil }); err != nil {
				return err
			}
			m.sayf("备份以后导出过报送包的,再报时县里会说序号重复,请打电话请县里放行")
			return nil
		},
	}
	c.Flags().StringVar(&passphrase, "passphrase", "", "县里的备份或摘录的口令(在终端上不写会问)")
	return c
}

func (m *Main) restoreCounty(ctx context.Context, file, path, passphrase string) error {
	passphrase, err := m.knownSecret(passphrase, "这个文件")
	if err != nil {
		return err
	}
	r, err := kit.Restore(ctx, file, path, passphrase, store.Options{})
	if err != nil {
		return err
	}
	if r.Extract != nil {
		m.sayRestoredExtract(r)
		return nil
	}
	m.sayf("已恢复县里的台账:%s", r.Ledger)
	if r.Key != "" {
		m.sayf("密钥:%s", r.Key)
	}
	m.sayf("发给各村的配置文件:%s", r.Profile)
	for _, kept := range []string{r.KeptLedger, r.KeptKey} {
		if kept != "" {
			m.sayf("原来的留在:%s", kept)
		}
	}
	if err := m.withLedger(ctx, true, func(*store.Ledger) error { return nil }); err != nil {
		return err
	}
	m.sayf("备份以后收过的报送包,请从 U 盘再收一次")
	return nil
}
