package main

import (
	"github.com/spf13/cobra"

	"taizhang/store/county"
)

func (m *Main) countyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "county",
		Short: "县里用的命令",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(m.countyInitCommand(), m.countyRollCommand(), m.countyReceiveCommand(), m.countyReviewCommand(), m.countyReceiptsCommand(), m.countyTrustCommand(),
		m.countyStatusCommand(), m.countyCrossCommand(), m.countyCloseCommand(), m.countyClosingsCommand())
	c.AddCommand(m.countySetCommand(), m.countyIssueCommand(), m.countyPlanCommand(), m.countyRescueCommand())
	c.AddCommand(m.countyUnitCommand())
	c.AddCommand(m.countyKeyCommand(), m.countyRekeyCommand(), m.countyExtractCommand(), m.countyUnlockCommand())
	c.AddCommand(m.countyAboveCommand(), m.countyExportCommand(), m.countyCorrectionsCommand())
	return c
}

func (m *Main) countyInitCommand() *cobra.Command {
	var o county.InitOptions
	var secret secretFlags
	c := &cobra.Command{
		Use:   "init --code 代码 --name 名称 --dir 文件夹",
		Short: "建立县里(地市、省)的台账、密钥和发给各村(各县)的配置文件",
		Long: "建立县里的台账、密钥和发给各村的配置文件;地市和省写 --level 地市、--level 省,收各县、各地市的汇总数字。密钥要加口令,在终端上会问两遍;不在终端上用时写 --passphrase 口令,\n" +
			"或明写 --no-passphrase。口令忘了等于密钥丢了,请记牢。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "code", "name", "dir"); err != nil {
				return err
			}
			var err error
			if o.Passphrase, err = m.newKeySecret(secret); err != nil {
				return err
			}
			r, err := county.Init(cmd.Context(), o)
			if err != nil {
				return err
			}
			m.warnOpen(o.Passphrase)
			own, below := county.Words(o.Level)
			m.sayf("%s里的台账:%s", own, r.DB)
			m.sayf("密钥(请妥善保管,丢了就打不开报送包):%s", r.Key)
			m.sayf("发给各%s的配置文件:%s", below, r.Profile)
			m.sayf("电脑会坏:请现在就备份到 U 盘(taizhang backup --db %s --out U盘),再把密钥打印在纸上锁好(taizhang county key paper)", r.DB)
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&o.Code, "code", "", "本级党组织代码,6 到 24 位数字或字母")
	f.StringVar(&o.Name, "name", "", "本级党组织名称")
	f.StringVar(&o.Dir, "dir", "", "写到这个文件夹")
	f.StringVar(&o.County, "county", "", "县市名称,写进各村的启动卡")
	f.StringVar(&o.Level, "level", "", "级别:县(不写)、地市、省;地市和省收下级的汇总数字")
	f.StringVar(&o.Township, "township", "", "所在乡镇(街道)")
	secret.add(c)
	return c
}
