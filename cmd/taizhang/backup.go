package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/copies"
	"taizhang/store/county"
	"taizhang/store/kit"
	"taizhang/store/vault"
)

func (m *Main) backupCommand() *cobra.Command {
	var o countyBackup
	c := &cobra.Command{
		Use:   "backup",
		Short: "备份台账(正在用也可以)",
		Long: "备份台账:写一份完整的副本,正在用也可以。副本里有签名密钥和全部记录,请妥善保管。\n" +
			"每天第一次打开台账,程序自己在台账旁边备份一份,留 7 天、4 周、12 个月的;用 --place 再定一个地方(U盘),也自己做一份。\n" +
			"写到 U 盘、移动硬盘和网络上的一定加密:打备份口令,或者用县里的密钥,都打得开;口令第一次问,以后不问。\n" +
			"县里的台账备份成一个加密的文件(.age),台账、密钥和配置文件都在里面:密钥有口令的用同一个口令,没有的另问一个。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case o.list:
				return m.listBackups(cmd.Context())
			case o.place != "" || o.noPlace || o.newSecret:
				return m.setBackups(cmd.Context(), o)
			}
			return m.backUp(cmd.Context(), o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.path, "out", "", "写到这个文件或文件夹(不写:台账旁边)")
	f.StringVar(&o.key, "key", "", "县里的密钥(不写用台账旁边的 county.key);只有县里用")
	f.StringVar(&o.passphrase, "passphrase", "", "备份的口令(在终端上不写会问)")
	f.BoolVar(&o.noKey, "no-key", false, "密钥丢了,只备份台账和配置文件;只有县里用")
	f.BoolVar(&o.list, "list", false, "列出自己做的备份:哪天的,为什么留着,别处最后一次是哪天")
	f.StringVar(&o.place, "place", "", "以后每天也在这个文件夹(例如 U 盘)自己备份一份")
	f.BoolVar(&o.noPlace, "no-place", false, "以后不在别处自己备份")
	f.BoolVar(&o.newSecret, "new-passphrase", false, "定下或换一个备份口令")
	return c
}

func (m *Main) backUp(ctx context.Context, o countyBackup) error {
	office, keyed, beside := false, false, o.path == ""
	var made *sealing
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
			if keyed, err = m.backUpCounty(ctx, l, o); err == nil {
				err = copies.NoteElsewhere(l, o.path, nil)
			}
			return err
		}
		made, err = m.backUpVillage(ctx, l, &o)
		return err
	})
	if err != nil {
		return err
	}
	m.sayf("已备份:%s", o.path)
	if made != nil {
		if err := m.saySealed(ctx, made); err != nil {
			return err
		}
	}
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
	var passphrase, key string
	c := &cobra.Command{
		Use:   "restore 备份文件",
		Short: "从备份恢复台账(现在的台账留在旁边)",
		Long: "从备份恢复台账:先检查备份完好,再把现在的台账改名留在旁边,把备份抄到它的位置。\n" +
			"加了密的备份(.db.age)要打备份口令;在县里用 --key 写明县里的密钥,不用口令。\n" +
			"县里的备份(.age)要打口令,台账、密钥和配置文件一起放回 --db 的文件夹;原来的密钥改名留在旁边。\n" +
			"县里给乡镇的摘录(.age)也这样打开,--db 写一个新的文件。",
		Args: argsNamed("备份文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := m.path()
			if err != nil {
				return err
			}
			kept, sealed, err := m.restoreSealed(cmd.Context(), args[0], path, passphrase, key)
			switch {
			case sealed || err != nil:
			case kit.Is(args[0]) && !copies.IsSealed(args[0]):
				return m.restoreCounty(cmd.Context(), args[0], path, passphrase)
			default:
				kept, err = m.putBack(cmd.Context(), args[0], path, passphrase, key)
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
	c.Flags().StringVar(&passphrase, "passphrase", "", "加密的备份或县里的摘录的口令(在终端上不写会问)")
	c.Flags().StringVar(&key, "key", "", "县里的密钥:在县里打开村里加了密的备份,不用口令")
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

// putBack puts a village's backup in place, an encrypted one too.
func (m *Main) putBack(ctx context.Context, file, path, passphrase, key string) (kept string, err error) {
	if !copies.IsSealed(file) {
		return book.Restore(ctx, file, path, store.Options{})
	}
	var by []age.Identity
	if key != "" {
		if by, err = m.countyIdentities(key, passphrase); err != nil {
			return "", err
		}
		passphrase = ""
	} else if passphrase, err = m.knownSecret(passphrase, "这份备份"); err != nil {
		return "", err
	}
	return copies.Restore(ctx, file, path, passphrase, by, store.Options{Book: book.Standard})
}

// sealing tells how a backup was encrypted.
type sealing struct {
	fresh  *copies.Key // made for it, not yet kept in the ledger; nil where that has one
	county bool        // the county's key opens it too
}

// backUpVillage writes the copy to o.path, encrypted where it can be carried away; the
// file's name then ends so. nil for a plain one.
func (m *Main) backUpVillage(ctx context.Context, l *store.Ledger, o *countyBackup) (*sealing, error) {
	to, err := vault.Recipients(l.Path())
	if err != nil {
		return nil, err
	}
	made := &sealing{county: true}
	switch {
	case to != nil: // an encrypted ledger's own
	case !copies.Portable(o.path, nil):
		made = nil
	default:
		key, err := copies.KeptKey(ctx, l)
		if err != nil {
			return nil, err
		}
		if key == nil {
			if key, err = m.newBackupKey(l, o.passphrase); err != nil {
				return nil, err
			}
			made.fresh = key
		}
		if to, made.county, err = copies.Recipients(ctx, l, key); err != nil {
			return nil, err
		}
	}
	if made != nil && !strings.HasSuffix(o.path, copies.SealedEnd) {
		if filepath.Base(o.path) != l.BackupName() {
			return nil, usagef("这份备份要加密,文件名请以 %s 结尾,或者只写文件夹", copies.SealedEnd)
		}
		o.path = strings.TrimSuffix(o.path, ".db") + copies.SealedEnd
	}
	if err := copies.Write(ctx, l, o.path, to); err != nil {
		return nil, err
	}
	return made, copies.NoteElsewhere(l, o.path, nil)
}

// saySealed says who can open the backup, and keeps a passphrase that was asked for. Where
// the ledger is in use elsewhere, it is asked for again next time.
func (m *Main) saySealed(ctx context.Context, s *sealing) error {
	if s.county {
		m.sayf("加了密:打备份口令打得开;口令忘了,拿到县里用县里的密钥也打得开")
	} else {
		m.sayf("加了密:还没有取入县里的配置文件,只有备份口令打得开,请记牢")
	}
	if s.fresh == nil {
		return nil
	}
	err := m.withLedger(ctx, false, func(l *store.Ledger) error { return s.fresh.Keep(ctx, l) })
	if known := (*model.Error)(nil); errors.As(err, &known) && known.Code == "E-LOCKED" {
		m.tellf("台账正开着,备份口令没有记下,下次备份还会问;想记下,请在“备份”里定\n")
		return nil
	}
	return err
}

// setBackups sets what is kept of backups: the passphrase and the second place.
func (m *Main) setBackups(ctx context.Context, o countyBackup) error {
	return m.withLedger(ctx, false, func(l *store.Ledger) error {
		key, err := copies.KeptKey(ctx, l)
		if err != nil {
			return err
		}
		sealed, err := vault.Kept(l.Path())
		if err != nil {
			return err
		}
		if o.newSecret || o.place != "" && key == nil && !sealed && copies.Portable(o.place, nil) {
			if key, err = m.newBackupKey(l, o.passphrase); err == nil {
				err = key.Keep(ctx, l)
			}
			if err != nil {
				return err
			}
			m.sayf("备份口令已定下;以前做的备份还是用做它那时的口令")
		}
		if o.place == "" && !o.noPlace {
			return nil
		}
		note, err := copies.SetPlace(ctx, l, o.place, nil, sealed)
		if err != nil {
			return err
		}
		if o.noPlace {
			m.sayf("以后不在别处自己备份")
			return nil
		}
		m.sayf("以后每天第一次打开台账,也在“%s”备份一份", o.place)
		if note != "" {
			m.tellf("注意:%s\n", note)
		}
		return m.backUpToday(ctx, l)
	})
}

// backUpToday makes today's backups that are missing. A command goes on without them.
func (m *Main) backUpToday(ctx context.Context, l *store.Ledger) error {
	k := copies.Of(l)
	if k == nil {
		k = copies.Begin(l, copies.Options{To: func() ([]age.Recipient, error) { return vault.Recipients(l.Path()) }})
	}
	if err := k.Daily(ctx); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		m.complain("提醒:今天的备份没有做成:" + m.explain(err))
	}
	s, err := copies.StatusOf(ctx, l, nil)
	if err != nil {
		return err
	}
	for _, note := range s.Notes() {
		m.complain("提醒:" + note)
	}
	return nil
}

// before makes a backup before an act, where backups are made by themselves.
func (m *Main) before(ctx context.Context, l *store.Ledger, act copies.Act) error {
	said, err := copies.Before(ctx, l, act)
	if said != "" {
		m.complain("提醒:" + said)
	}
	return err
}

// lateDays is the limit after which a backup elsewhere is called late.
const lateDays = "backup.elsewhere.days"

// listBackups lists those that were made by themselves.
func (m *Main) listBackups(ctx context.Context) error {
	return m.withLedger(ctx, true, func(l *store.Ledger) error {
		s, err := copies.StatusOf(ctx, l, nil)
		if err != nil {
			return err
		}
		m.sayMade("台账旁边", copies.Folder(l.Path()), s.Beside)
		switch {
		case s.Place == "":
			m.sayf("别处:没有定地方;定一个:taizhang backup --place U盘上的文件夹")
		case s.Absent != "":
			m.sayf("别处:%s", s.Absent)
		default:
			m.sayMade("别处", s.Place, s.There)
		}
		m.sayBackups(ctx, l, s)
		return nil
	})
}

func (m *Main) sayMade(where, dir string, all []copies.Made) {
	m.sayf("%s(%s):%d 份", where, dir, len(all))
	for i := range all {
		b := &all[len(all)-1-i]
		sealed := map[bool]string{true: ",加了密"}[b.Sealed]
		m.sayf("  %s  %s  %s%s", b.At.Format("2006-01-02 15:04"), b.SizeText(), b.Kept(), sealed)
	}
}

// sayBackups says when one was made last elsewhere, and what is not as it should be.
func (m *Main) sayBackups(ctx context.Context, l *store.Ledger, s *copies.Status) {
	line, late := s.Line(int(l.Env(ctx).Packs.Limit(lateDays, l.Source().Today()).Value))
	if late {
		line += ";请备份一份到U盘"
	}
	for _, text := range append([]string{line}, s.Notes()...) {
		m.sayf("%s", text)
	}
}

// checkBackups says in check how the backups stand.
func (m *Main) checkBackups(ctx context.Context, l *store.Ledger) error {
	if !m.Backups || l.Extract() != nil {
		return nil
	}
	s, err := copies.StatusOf(ctx, l, nil)
	if err != nil {
		return err
	}
	newest := "还没有"
	if b := s.Newest(); b != nil {
		newest = "最新的是 " + b.At.Format("2006-01-02 15:04")
	}
	m.sayf("备份:台账旁边 %d 份,%s", len(s.Beside), newest)
	m.sayBackups(ctx, l, s)
	return nil
}
