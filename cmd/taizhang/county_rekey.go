package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/keybox"
	"taizhang/store/kit"
	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

func (m *Main) countyRekeyCommand() *cobra.Command {
	var flags profileFlags
	var secret secretFlags
	var lost bool
	c := &cobra.Command{
		Use:   "rekey",
		Short: "换县里的密钥(旧的丢了加 --lost)",
		Long: "换县里的密钥。旧密钥还在:新的配置文件由旧密钥作证,村里取入时不用核对;村里还没换过来的,报送包照收,回执照认。\n" +
			"旧密钥丢了(--lost):发给旧密钥的报送包打不开了;村里取入新的配置文件时,要打电话核对八位校验数字。\n" +
			"换密钥以前先想一想:有备份的用 taizhang restore 恢复,有纸的用 taizhang county key type 打进去,都不用换。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				return m.rekey(cmd.Context(), l, flags, secret, lost)
			})
		},
	}
	flags.add(c)
	secret.add(c)
	c.Flags().BoolVar(&lost, "lost", false, "旧密钥丢了,没有备份,也没有纸")
	return c
}

func (m *Main) rekey(ctx context.Context, l *store.Ledger, flags profileFlags, secret secretFlags, lost bool) error {
	o := county.RekeyOptions{KeyPath: keyPath(l, flags.key), ProfilePath: flags.path(l)}
	var old *bundle.CountyKey
	var err error
	if lost {
		if err := stillThere(ctx, l, o.KeyPath); err != nil {
			return err
		}
	} else if old, o.Passphrase, err = m.openKey(ctx, l, flags.key); err != nil {
		return err
	}
	if o.Passphrase == "" || secret.passphrase != "" || secret.none {
		if o.Passphrase, err = m.newKeySecret(secret); err != nil {
			return err
		}
	}
	r, err := county.Rekey(ctx, l, old, o)
	if err != nil {
		return err
	}
	m.warnOpen(o.Passphrase)
	m.sayf("已换密钥,新的校验数字 %s:%s", bundle.CheckDigits(r.Profile.PublicKey), o.KeyPath)
	if r.Aside != "" {
		m.sayf("原来的密钥文件没有删,改名为:%s", r.Aside)
	}
	m.sayf("配置文件升为第 %d 版:%s", r.Profile.Version, o.ProfilePath)
	if lost {
		m.sayf("请把它发给各村;村里在“设置”里取入时,打电话念上面八位校验数字,对上了才取得进。以前导出的报送包打不开了,请村里取入后重新导出")
	} else {
		m.sayf("它随下一次回执写到U盘的“上级来件”里,村里取回执时自动取入,不用核对;还没取入的村,报送包照收,回执照认")
	}
	m.sayf("新密钥还没有备份,请现在备份:taizhang backup --out U盘,并重新打印:taizhang county key paper")
	return nil
}

// stillThere refuses to call a key lost that lies there and opens.
func stillThere(ctx context.Context, l *store.Ledger, path string) error {
	if _, err := kit.KeyFor(ctx, l, path, ""); err == nil {
		return model.Errorf("E-NOTLOST", "密钥还在(%s),不用 --lost;去掉它再运行,村里就不用核对", path)
	}
	return nil
}

func (m *Main) countyKeyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "key",
		Short: "县里的密钥:打印在纸上,从纸上打进来",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(m.keyPaperCommand(), m.keyTypeCommand())
	return c
}

func (m *Main) keyPaperCommand() *cobra.Command {
	var keyFile, out string
	c := &cobra.Command{
		Use:   "paper",
		Short: "把密钥写成一行行数字,印在纸上锁进保险柜",
		Long: "把密钥写成十一行数字,每行后四位是核对数字。--out 写成 .xlsx(打印用)或 .txt,不写就显示在屏幕上。\n" +
			"打印以后请把文件删掉:谁拿到它,谁就打得开全县的报送包。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.withCountyKey(cmd.Context(), keyFile, func(l *store.Ledger, key *bundle.CountyKey) error {
				return m.keyPaper(cmd.Context(), l, key, out)
			})
		},
	}
	c.Flags().StringVar(&keyFile, "key", "", "县里的密钥(不写用台账旁边的 county.key)")
	c.Flags().StringVar(&out, "out", "", "写到这个文件(.xlsx 或 .txt)")
	return c
}

func (m *Main) keyPaper(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, out string) error {
	lines, err := kit.Lines(key)
	if err != nil {
		return err
	}
	who, day, digits := l.Home().Text("name"), l.Source().Today(), bundle.CheckDigits(key.PublicKey())
	switch ext := strings.ToLower(filepath.Ext(out)); {
	case out == "":
		m.sayf("%s", kit.PaperText(who, day, digits, lines))
	case ext == ".xlsx":
		err = page.Write(ctx, out, "", kit.Sheet(who, day, digits, lines))
	case ext == ".txt":
		err = sheet.WriteFile(out, func(w io.Writer) error {
			_, err := io.WriteString(w, kit.PaperText(who, day, digits, lines))
			return err
		})
	default:
		return usagef("--out 请以 .xlsx(打印用)或 .txt 结尾")
	}
	if err != nil {
		return err
	}
	if out != "" {
		m.sayf("已写出:%s", out)
		m.sayf("打印好、锁进保险柜以后,请把这个文件删掉")
	}
	return county.NoteKeyBackup(ctx, l, county.KeyOnPaper)
}

func (m *Main) keyTypeCommand() *cobra.Command {
	var keyFile string
	var secret secretFlags
	c := &cobra.Command{
		Use:   "type",
		Short: "把纸上的密钥一行行打进来,重新写出 county.key",
		Long: "密钥文件丢了、保险柜里有纸的时候用。在县里的台账里照着纸一行行打,每行十九位数字,空格可打可不打;打错了当场说是哪一行。\n" +
			"也可以从文件读:taizhang county key type < 文件。写出以前核对它确实是本台账的密钥;原来的密钥文件改名留在旁边。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				lines, err := m.typedLines()
				if err != nil {
					return err
				}
				key, err := kit.Typed(lines)
				if err != nil {
					return err
				}
				return m.takeTyped(cmd.Context(), l, key, keyPath(l, keyFile), secret)
			})
		},
	}
	c.Flags().StringVar(&keyFile, "key", "", "密钥写到这个文件(不写用台账旁边的 county.key)")
	secret.add(c)
	return c
}

// typedLines reads the lines of the paper; on a terminal a mistyped one is asked for again.
func (m *Main) typedLines() ([]string, error) {
	var lines []string
	for len(lines) < kit.PaperLines {
		n := len(lines) + 1
		if m.Terminal {
			m.tellf("第 %d 行(共 %d 行,直接回车是不打了):", n, kit.PaperLines)
		}
		line, err := m.readLine()
		if errors.Is(err, io.EOF) || err == nil && m.Terminal && strings.TrimSpace(line) == "" {
			return nil, model.Errorf("E-LINE", "只打了 %d 行(共 %d 行),什么也没有做", len(lines), kit.PaperLines)
		}
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		if _, err = kit.ReadLine(n, line); err != nil {
			if !m.Terminal {
				return nil, err
			}
			m.complain(m.explain(err))
			continue
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// takeTyped writes the key file anew. A key that the county had before is added to the
// present one's file.
func (m *Main) takeTyped(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, path string, secret secretFlags) error {
	s, err := m.newKeySecret(secret)
	if err != nil {
		return err
	}
	aside, err := county.TakeKey(ctx, l, key, county.RekeyOptions{KeyPath: path, Passphrase: s})
	if err != nil {
		return err
	}
	m.warnOpen(s)
	m.sayf("密钥对上了(校验数字 %s),已写出:%s", bundle.CheckDigits(key.PublicKey()), path)
	if aside != "" {
		m.sayf("原来的密钥文件没有删,改名为:%s", aside)
	}
	return nil
}

// keyPath is where the county's key lies when nothing else is said: beside its ledger.
func keyPath(l *store.Ledger, path string) string {
	if path != "" {
		return path
	}
	return filepath.Join(filepath.Dir(l.Path()), county.KeyFile)
}

// remindOfKey says once a month that there is no copy of the key.
func (m *Main) remindOfKey(ctx context.Context, l *store.Ledger) error {
	text, err := county.KeyReminder(ctx, l)
	if err == nil && text != "" {
		m.complain("提醒:" + text)
	}
	return err
}

// backUpCounty writes ledger, key and profile of a county into one encrypted file.
func (m *Main) backUpCounty(ctx context.Context, l *store.Ledger, o countyBackup) (hasKey bool, err error) {
	at := keyPath(l, o.key)
	var made kit.Options
	file, err := os.ReadFile(at)
	switch {
	case o.noKey:
	case err != nil:
		return false, model.Errorf(codeNoKey, "没有找到县里的密钥“%s”;请插上存密钥的U盘,用 --key 写明它在哪里;密钥丢了的,先办 taizhang county rekey --lost,或加 --no-key 只备份台账和配置文件", at)
	case bundle.KeyLocked(file):
		if made.Passphrase, err = m.knownSecret(o.passphrase, "县里的密钥"); err != nil {
			return false, err
		}
	}
	if !o.noKey {
		if made.Key, err = kit.KeyFor(ctx, l, at, made.Passphrase); err != nil {
			return false, err
		}
	}
	if made.Passphrase == "" {
		if made.Passphrase, err = m.backupSecret(o.passphrase); err != nil {
			return false, err
		}
	}
	return !o.noKey, kit.Backup(ctx, l, o.path, made)
}

// countyBackup says what goes into a county's backup, and where.
type countyBackup struct {
	path, key, passphrase string
	noKey                 bool
	// What a village's may be told beside these.
	place                    string
	list, noPlace, newSecret bool
}

// backupSecret gives the passphrase of a backup whose key has none.
func (m *Main) backupSecret(flag string) (string, error) {
	switch typed := m.Getenv(passphraseEnv); {
	case flag != "":
		return flag, nil
	case typed != "":
		return typed, nil
	case !m.Terminal:
		return "", usagef("县里的备份里有密钥,要加口令:请在终端窗口里运行,会问;或写上 --passphrase 口令")
	}
	return m.newSecret("备份的口令(至少 6 个字,恢复时要打,请记牢)")
}

// countyIdentities gives what a county's key file opens with, the former ones too.
func (m *Main) countyIdentities(path, passphrase string) ([]age.Identity, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, model.Errorf(codeNoKey, "没有找到县里的密钥“%s”,请核对位置,或插上存密钥的U盘", path)
	}
	if bundle.KeyLocked(file) {
		if passphrase, err = m.knownSecret(passphrase, "县里的密钥"); err != nil {
			return nil, err
		}
	}
	key, err := bundle.ParseCountyKey(file, passphrase)
	if err != nil {
		return nil, err
	}
	all := []age.Identity{key.Identity}
	for _, f := range key.Former {
		all = append(all, f.Identity)
	}
	// One of an encrypted ledger carries its key wrapped to the county.
	return append(all, keybox.ByCounty(key.Opener())), nil
}
