package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
)

// passphraseEnv is where a passphrase may stand that nobody can type.
const passphraseEnv = "TAIZHANG_PASSPHRASE"

// shortest is how many characters a passphrase must have that is typed as a new one.
const shortest = 6

// secretFlags are those of the commands that make a county's key.
type secretFlags struct {
	passphrase string
	none       bool
}

func (s *secretFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&s.passphrase, "passphrase", "", "密钥的口令(在终端上不写会问;写在命令里会留在命令记录里)")
	c.Flags().BoolVar(&s.none, "no-passphrase", false, "密钥不加口令:谁拿到文件,谁就打得开全县的报送包")
}

// newKeySecret gives the passphrase of a key that is about to be made, "" for none.
func (m *Main) newKeySecret(s secretFlags) (string, error) {
	switch typed := m.Getenv(passphraseEnv); {
	case s.none && s.passphrase != "":
		return "", usagef("--passphrase 和 --no-passphrase 只能写一个")
	case s.none:
		return "", nil
	case s.passphrase != "":
		return s.passphrase, nil
	case typed != "":
		return typed, nil
	case !m.Terminal:
		return "", usagef("密钥要加口令:请在终端窗口里运行,会问;或写上 --passphrase 口令;一定不要口令的,写明 --no-passphrase")
	}
	return m.newSecret("密钥的口令(至少 6 个字,可以用汉字;每次收报要打,请记牢)")
}

// warnOpen says what a key without a passphrase means, once it is made.
func (m *Main) warnOpen(passphrase string) {
	if passphrase == "" {
		m.tellf("注意:密钥没有加口令,谁拿到密钥文件,谁就打得开全县的报送包;请只放在锁好的地方\n")
	}
}

// newSecret asks for a new passphrase, twice.
func (m *Main) newSecret(what string) (string, error) {
	for range 3 {
		first, err := m.askSecret(what + ":")
		if err != nil {
			return "", err
		}
		if utf8.RuneCountInString(first) < shortest {
			m.tellf("口令太短,请至少打 %d 个字\n", shortest)
			continue
		}
		again, err := m.askSecret("再打一遍:")
		if err != nil {
			return "", err
		}
		if first == again {
			return first, nil
		}
		m.tellf("两遍打的不一样,请重新打\n")
	}
	return "", model.Errorf("E-PASSPHRASE", "口令没有定下来,什么也没有做;请再运行一次")
}

// knownSecret gives a passphrase that was given before: by flag, in the environment, or
// asked on the terminal.
func (m *Main) knownSecret(flag, what string) (string, error) {
	switch typed := m.Getenv(passphraseEnv); {
	case flag != "":
		return flag, nil
	case typed != "":
		return typed, nil
	case !m.Terminal:
		return "", model.Errorf("E-PASSPHRASE", "%s加了口令:请在终端窗口里运行,打上口令,或把口令放在环境变量 %s 里", what, passphraseEnv)
	}
	return m.askSecret(what + "的口令:")
}

// askSecret asks for a line that is not shown.
func (m *Main) askSecret(what string) (string, error) {
	m.tellf("%s", what)
	if !term.IsTerminal(os.Stdin.Fd()) {
		return m.readLine()
	}
	typed, err := term.ReadPassword(os.Stdin.Fd())
	m.tellf("\n")
	if err != nil {
		return "", fmt.Errorf("read the passphrase: %w", err)
	}
	return string(typed), nil
}

// readLine reads one line and nothing beyond it: more may be asked for. io.EOF where there
// is none.
func (m *Main) readLine() (string, error) {
	var line []byte
	for one := make([]byte, 1); ; {
		n, err := m.Stdin.Read(one)
		if n > 0 && one[0] == '\n' {
			return strings.TrimSuffix(string(line), "\r"), nil
		}
		line = append(line, one[:n]...)
		if err == io.EOF && len(line) > 0 {
			return string(line), nil
		}
		if err != nil {
			return "", err
		}
	}
}

// newBackupKey asks for the passphrase of backups that leave the house.
func (m *Main) newBackupKey(l *store.Ledger, flag string) (*copies.Key, error) {
	secret := flag
	if secret == "" {
		secret = m.Getenv(passphraseEnv)
	}
	if secret == "" && !m.Terminal {
		return nil, usagef("U盘、移动硬盘和网络上的备份一定要加密:请在终端窗口里运行,会问备份口令;或写上 --passphrase 口令")
	}
	if secret == "" {
		var err error
		if secret, err = m.newSecret("备份口令(至少 6 个字,可以用汉字;以后备份不用再打,恢复时要打,请记牢)"); err != nil {
			return nil, err
		}
	}
	return copies.NewKey(l, secret, m.workFactor)
}
