package main

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/kit"
	"taizhang/store/transfer"
	"taizhang/store/vault"
)

// withCounty is withLedger for the commands of the county: a village's ledger is
// refused before anything is done.
func (m *Main) withCounty(ctx context.Context, readOnly bool, do func(*store.Ledger) error) error {
	return m.withLedger(ctx, readOnly, func(l *store.Ledger) error {
		if l.Extract() != nil { // only looked at, and it holds no profile
			return do(l)
		}
		if _, err := county.Own(ctx, l); err != nil {
			return err
		}
		return do(l)
	})
}

// withCountyKey is withCounty for the commands that need the county's key: another
// county's is refused before anything is done.
func (m *Main) withCountyKey(ctx context.Context, keyFile string, do func(*store.Ledger, *bundle.CountyKey) error) error {
	return m.withCounty(ctx, false, func(l *store.Ledger) error {
		key, _, err := m.openKey(ctx, l, keyFile)
		if err != nil {
			return err
		}
		return do(l, key)
	})
}

// codeNoKey is the error of a key that is not there.
const codeNoKey = "E-NOKEY"

// openKey reads county.key, beside the ledger where no path is given, and asks for its
// passphrase where it has one, which is given too. A restore that was stopped before the
// key took its place is finished first.
func (m *Main) openKey(ctx context.Context, l *store.Ledger, path string) (*bundle.CountyKey, string, error) {
	said, err := kit.Finish(ctx, l)
	if err != nil {
		return nil, "", err
	}
	if said != "" {
		m.complain("提示:" + said)
	}
	key, passphrase, err := m.readKey(keyPath(l, path))
	if err != nil {
		return nil, "", err
	}
	_, err = county.OwnWith(ctx, l, key)
	return key, passphrase, err
}

// readKey reads the key file at path, and asks for its passphrase where it has one, which is
// given too.
func (m *Main) readKey(path string) (*bundle.CountyKey, string, error) {
	if isFolder(path) {
		return nil, "", model.Errorf("E-FILE", "“%s”是文件夹,请在 --key 后面写明密钥文件,例如 %s", path, filepath.Join(path, county.KeyFile))
	}
	file, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, "", model.Errorf(codeNoKey, "没有找到县里的密钥“%s”;请把它放到台账旁边,或用 --key 写明它在哪里;丢了的,有备份用 taizhang restore 恢复,有纸用 taizhang county key type 打进来,都没有用 taizhang county rekey --lost 换一把", path)
	}
	if err != nil {
		return nil, "", fileError(path, err)
	}
	passphrase := ""
	if bundle.KeyLocked(file) {
		if passphrase, err = m.knownSecret("", "县里的密钥"); err != nil {
			return nil, "", err
		}
	}
	key, err := bundle.ParseCountyKey(file, passphrase)
	return key, passphrase, err
}

// countyUnlockCommand answers a village that has forgotten its passphrase.
func (m *Main) countyUnlockCommand() *cobra.Command {
	var keyFile, out string
	c := &cobra.Command{
		Use:   "unlock 文件",
		Short: "给忘了台账口令的村开锁",
		Long: "给忘了台账口令的村开锁:村里把台账旁边的 ….county.age(很小)或加密的备份拷来,县里核实是本人(打电话)以后运行。\n" +
			"写出一个开锁文件拷回去,屏幕上显示四个词,只在电话里说;村里运行 taizhang encrypt --answer 开锁文件,打四个词,再定新口令。\n" +
			"拿来的是备份的,写出的是一份用四个词打开的备份,村里用 taizhang restore 恢复。只要县里的密钥,不用打开县里的台账。",
		Args: argsNamed("文件"),
		RunE: func(cmd *cobra.Command, args []string) error { return m.unlock(cmd.Context(), args[0], keyFile, out) },
	}
	c.Flags().StringVar(&keyFile, "key", "", "县里的密钥(不写用台账旁边的 county.key)")
	c.Flags().StringVar(&out, "out", "", "开锁文件写到这个文件或文件夹(不写:拿来的文件旁边)")
	return c
}

func (m *Main) unlock(ctx context.Context, file, keyFile, out string) error {
	if keyFile == "" {
		path, err := m.path()
		if err != nil {
			return err
		}
		keyFile = filepath.Join(filepath.Dir(path), county.KeyFile)
	}
	key, _, err := m.readKey(keyFile)
	if err != nil {
		return err
	}
	asked, err := vault.Ask(ctx, file, key.Opener())
	if err != nil {
		return err
	}
	switch {
	case out == "":
		out = filepath.Join(filepath.Dir(file), asked.AnswerName())
	case isFolder(out):
		out = filepath.Join(out, asked.AnswerName())
	}
	words, err := transfer.NewWords(rand.Reader)
	if err != nil {
		return err
	}
	if err := asked.Answer(ctx, out, words); err != nil {
		return err
	}
	m.sayf("是这个单位的:%s", model.Clean(asked.About, false))
	m.sayf("开锁文件:%s", out)
	if asked.Whole() {
		m.sayf("村里运行:taizhang restore 开锁文件,口令就是四个词(连着打)")
	} else {
		m.sayf("村里在忘了口令的画面上,或者运行 taizhang encrypt --answer 开锁文件,打四个词,再定新口令")
	}
	m.sayf("四个词(核实是本人以后在电话里说,不要和文件放在一起):%s", strings.Join(words, " "))
	return nil
}
