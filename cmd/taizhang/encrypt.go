package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/copies"
	"taizhang/store/kit"
	"taizhang/store/vault"
)

// sits is what a run knows of encrypted ledgers.
type sits struct {
	open  map[*store.Ledger]*vault.Sitting
	known map[string]string // passphrases that have opened a ledger in this run, by path
}

// openAt opens a ledger. One that is kept encrypted is opened for a sitting, which its
// closing ends; where somebody sits at it, its plain file is read beside them as any
// ledger's.
func (m *Main) openAt(ctx context.Context, path string, readOnly bool) (*store.Ledger, error) {
	o := store.Options{ReadOnly: readOnly}
	kept, err := vault.Kept(path)
	if err != nil {
		return nil, err
	}
	if !kept {
		return book.Open(ctx, path, o)
	}
	if readOnly && vault.InUse(path) {
		l, err := book.Open(ctx, path, o)
		if isCode(err, "E-NOFILE") { // it is being decrypted, or has been encrypted just now
			return nil, vault.InUseBy(path)
		}
		return l, err
	}
	s, err := m.sit(ctx, path, o)
	if err != nil {
		return nil, err
	}
	return s.Ledger(), nil
}

// sit opens an encrypted ledger by its passphrase: that of the environment, that of before
// in this run, or asked for, three times at most.
func (m *Main) sit(ctx context.Context, path string, o store.Options) (*vault.Sitting, error) {
	if vault.InUse(path) {
		return nil, vault.InUseBy(path)
	}
	for try := 1; ; try++ {
		secret, known := m.sits.known[path]
		if !known {
			var err error
			if secret, err = m.knownSecret("", "台账"); err != nil {
				return nil, err
			}
		}
		s, err := vault.Open(ctx, path, secret, o)
		if isCode(err, "E-PASSPHRASE") && m.Terminal && m.Getenv(passphraseEnv) == "" && !known && try < 3 {
			m.tellf("口令不对,请再打一遍\n")
			continue
		}
		if err != nil {
			return nil, err
		}
		m.remember(s, path, secret)
		// A reader that goes away (| head) would end the program before it encrypts.
		signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
		if s.Recovered() {
			m.tellf("提示:上次没有正常退出,留下了没有加密的台账;记录都在,已接着用,完了会重新加密\n")
		}
		return s, nil
	}
}

func (m *Main) remember(s *vault.Sitting, path, secret string) {
	if m.sits.open == nil {
		m.sits = sits{map[*store.Ledger]*vault.Sitting{}, map[string]string{}}
	}
	m.sits.open[s.Ledger()], m.sits.known[path] = s, secret
}

// close closes a ledger that open has given, and encrypts it where it is kept so. It is
// done also when the run is being stopped.
func (m *Main) close(ctx context.Context, l *store.Ledger) error {
	s, ok := m.sits.open[l]
	if !ok {
		return l.Close()
	}
	delete(m.sits.open, l)
	return s.Close(ctx)
}

func isCode(err error, code string) bool {
	var known *model.Error
	return errors.As(err, &known) && known.Code == code
}

type encryptOptions struct {
	off, change bool
	answer      string // the county's, after a forgotten passphrase
	words       string // the file in which its words are
	open, out   string // a sealed file to be opened, and where to
}

func (m *Main) encryptCommand() *cobra.Command {
	var o encryptOptions
	c := &cobra.Command{
		Use:   "encrypt",
		Short: "台账加密:关着的时候是密文,打开要打口令",
		Long: "台账加密:定一个口令,台账关着的时候是密文(台账旁边的 ….age),打开时要打口令,退出时自动再加密;\n" +
			"旁边的备份、恢复前的台账也一起加密。口令忘了,取入过县里配置文件的由县里开锁(taizhang county unlock),没有取入过的谁也打不开。\n" +
			"打开着的时候硬盘上有一份没加密的,断电会留下,下次打开会接着用再加密;删掉的明文不保证从硬盘(特别是固态硬盘)上抹干净。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := m.path()
			if err != nil {
				return err
			}
			chosen := 0
			for _, c := range []bool{o.off, o.change, o.answer != "", o.open != ""} {
				if c {
					chosen++
				}
			}
			switch {
			case chosen > 1 || o.out != "" && o.open == "":
				return usagef("--off、--change、--answer 和 --open 只能写一个;--out 与 --open 一起用")
			case o.answer != "":
				return m.takeAnswer(cmd.Context(), path, o)
			case o.open != "":
				return m.openSealed(cmd.Context(), path, o)
			case o.off, o.change:
				return m.changeSealed(cmd.Context(), path, o.off)
			}
			return m.encrypt(cmd.Context(), path)
		},
	}
	f := c.Flags()
	f.BoolVar(&o.off, "off", false, "不再加密:台账从此是明文")
	f.BoolVar(&o.change, "change", false, "换一个口令")
	f.StringVar(&o.answer, "answer", "", "口令忘了:县里给的开锁文件(….开锁.age)")
	f.StringVar(&o.words, "words-file", "", "县里说的四个词在这个文件里(- 表示标准输入;不写在终端上问)")
	f.StringVar(&o.open, "open", "", "解开这本台账的一个加密文件(拒收的表、备份)")
	f.StringVar(&o.out, "out", "", "解开到这个文件(不写:去掉 .age)")
	return c
}

// encrypt keeps the ledger encrypted from now on.
func (m *Main) encrypt(ctx context.Context, path string) error {
	if kept, err := vault.Kept(path); err != nil {
		return err
	} else if kept {
		return model.Errorf("E-EXISTS", "台账已经加密了;换口令写 --change,不再加密写 --off")
	}
	county := false
	err := m.withLedger(ctx, false, func(l *store.Ledger) error {
		secret, err := m.freshSecret("台账的口令(至少 6 个字,可以用汉字;每次打开要打,请记牢)")
		if err != nil {
			return err
		}
		m.tellf("正在加密…\n")
		s, err := vault.Encrypt(ctx, l, secret)
		if err != nil {
			return err
		}
		county = s.HasCounty()
		m.remember(s, path, secret)
		return nil
	})
	if err != nil {
		return err
	}
	m.sayf("台账已加密:%s", path+vault.SealedSuffix)
	if county {
		m.sayf("口令忘了,请把“%s”拷给县里,由县里开锁", vault.CountyFile(path))
	} else {
		m.sayf("注意:还没有取入县里的配置文件,口令忘了谁也打不开;请尽快取入(设置里,或县里发来的 county.json)")
	}
	m.sayf("删掉的明文不保证从硬盘(特别是固态硬盘)上抹干净;以前拷到别处的备份还是明文")
	return nil
}

// freshSecret asks for a new passphrase, twice; without a terminal it is the environment's.
func (m *Main) freshSecret(what string) (string, error) {
	if typed := m.Getenv(passphraseEnv); typed != "" {
		return typed, nil
	}
	if !m.Terminal {
		return "", usagef("台账的口令不写在命令里:请在终端窗口里运行,会问;或者放在环境变量 %s 里", passphraseEnv)
	}
	return m.newSecret(what)
}

// changeSealed changes the passphrase or switches the encryption off; the present one is
// asked for as at every opening.
func (m *Main) changeSealed(ctx context.Context, path string, off bool) error {
	if kept, err := vault.Kept(path); err != nil || !kept {
		return errors.Join(err, model.Errorf("E-PLAIN", "台账没有加密;要加密,请运行 taizhang encrypt"))
	}
	s, err := m.sit(ctx, path, store.Options{})
	if err != nil {
		return err
	}
	if off {
		err = s.Plain(ctx)
	} else {
		var secret string
		if !m.Terminal {
			err = usagef("换口令要打新旧两个口令,请在终端窗口里运行")
		} else if secret, err = m.newSecret("台账的新口令(至少 6 个字,可以用汉字)"); err == nil {
			err = s.Change(ctx, secret)
		}
	}
	if err = errors.Join(err, m.close(ctx, s.Ledger())); err != nil {
		return err
	}
	if off {
		m.sayf("台账不再加密:%s", path)
		m.sayf("以前加密的备份还是密文,用那时的口令打开")
		return nil
	}
	m.sayf("口令已换;以前拷到别处的备份还用那时的口令打开")
	return nil
}

// takeAnswer sets a new passphrase by the county's answer to a forgotten one.
func (m *Main) takeAnswer(ctx context.Context, path string, o encryptOptions) error {
	words, err := m.transferWords(o.words)
	if err != nil {
		return err
	}
	secret, err := m.freshSecret("台账的新口令(至少 6 个字,可以用汉字)")
	if err != nil {
		return err
	}
	if err := vault.Reset(ctx, path, o.answer, words, secret); err != nil {
		return err
	}
	m.sayf("新口令已定好,台账照常打开;县里给的开锁文件已经没用,可以删掉:%s", o.answer)
	return nil
}

// openSealed writes what a sealed file of this ledger holds in clear.
func (m *Main) openSealed(ctx context.Context, path string, o encryptOptions) error {
	out := o.out
	if out == "" {
		if out = strings.TrimSuffix(o.open, vault.SealedSuffix); out == o.open {
			return usagef("请用 --out 写明解开到哪个文件")
		}
	}
	if filepath.Clean(out) == filepath.Clean(path) {
		return usagef("台账不用解开,直接打开就行;要从此不加密,请写 --off")
	}
	secret, err := m.knownSecret("", "这个文件")
	if err != nil {
		return err
	}
	if err := vault.OpenSealed(ctx, path, o.open, out, secret); err != nil {
		return err
	}
	m.sayf("已解开:%s(明文,用完请删掉)", out)
	return nil
}

// restoreSealed puts a backup in the place of an encrypted ledger, or that of an encrypted
// one where there is none: it is kept encrypted again. done is false for anything else.
func (m *Main) restoreSealed(ctx context.Context, file, path, secret, key string) (kept string, done bool, err error) {
	is, err := vault.Kept(path)
	if err != nil {
		return "", true, err
	}
	_, none := os.Lstat(path)
	switch {
	case is && kit.Is(file) && !copies.IsSealed(file):
		return "", true, model.Errorf("E-EXISTS", "“%s”那里的台账加了密;县里的备份和摘录请恢复到别的文件夹,或者先运行 taizhang encrypt --off", path)
	case is:
		if vault.InUse(path) {
			return "", true, vault.InUseBy(path)
		}
		own, err := m.knownSecret("", "现在的台账")
		if err != nil {
			return "", true, err
		}
		kept, err = vault.Restore(ctx, path, own, file, secret, store.Options{})
		if isCode(err, "E-PASSPHRASE") && secret == "" && m.Terminal && vault.IsKept(file) {
			if secret, err = m.askSecret("这份备份的口令(做备份那天的):"); err == nil {
				kept, err = vault.Restore(ctx, path, own, file, secret, store.Options{})
			}
		}
		return kept, true, err
	case key == "" && errors.Is(none, os.ErrNotExist) && vault.IsKept(file):
		if secret, err = m.knownSecret(secret, "这份备份"); err != nil {
			return "", true, err
		}
		return "", true, vault.RestoreNew(ctx, path, file, secret, store.Options{})
	}
	return "", false, nil
}
