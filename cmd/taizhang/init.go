package main

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
)

func (m *Main) initCommand() *cobra.Command {
	var home store.Home
	var profile string
	c := &cobra.Command{
		Use:   "init --code 代码 --name 名称",
		Short: "新建台账(本村党组织和签名密钥)",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "code", "name"); err != nil {
				return err
			}
			var data []byte
			if profile != "" {
				var err error
				if data, err = os.ReadFile(profile); err != nil {
					return fileError(profile, err)
				}
			}
			path, err := m.path()
			if err != nil {
				return err
			}
			return m.create(cmd, path, home, data)
		},
	}
	f := c.Flags()
	f.StringVar(&home.Code, "code", "", "组织代码,6 到 24 位数字或字母")
	f.StringVar(&home.Name, "name", "", "党组织名称")
	f.StringVar(&home.Kind, "kind", "党支部", "组织类别")
	f.StringVar(&home.Domain, "domain", "行政村", "所在领域")
	f.StringVar(&home.Township, "township", "", "乡镇")
	f.StringVar(&home.County, "county", "", "县市")
	f.StringVar(&profile, "county-profile", "", "县里发来的配置文件(county.json)")
	return c
}

// create makes the ledger and takes the profile in; a ledger whose profile is
// refused is not left behind half made.
func (m *Main) create(cmd *cobra.Command, path string, home store.Home, profile []byte) error {
	ctx := cmd.Context()
	l, err := store.Create(ctx, path, home, store.Options{})
	if err != nil {
		return err
	}
	if profile != nil {
		if err := l.SetProfile(ctx, profile); err != nil {
			return errors.Join(err, l.Close(), removeLedger(path))
		}
	}
	m.sayf("已新建台账:%s", l.Path())
	m.sayf("党组织:%s(%s)", l.Home().Text("name"), l.Home().Text("code"))
	if profile == nil {
		m.sayf("还没有县里的配置文件;导出报送包之前,请用 --county-profile 或在设置里取入 county.json")
	}
	return l.Close()
}

func removeLedger(path string) error {
	var all error
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

// fileError says in Chinese why a file can't be read or written.
func fileError(path string, err error) error {
	switch {
	case errors.Is(err, os.ErrNotExist):
		return model.Errorf("E-NOFILE", "找不到文件 %s,请核对路径", path)
	case errors.Is(err, os.ErrPermission):
		return model.Errorf("E-PERMISSION", "没有权限读写 %s,请换一个文件夹或请管理员放开权限", path)
	}
	return model.Errorf("E-FILE", "读写 %s 时出错:%v", path, err)
}
