import { nameParts } from "./name-part.ts";

/** Surnames by their share of the population; pinyin first, then the spellings of Hong Kong, Taiwan and South-East Asia. */
export const chinese = {
  families: nameParts(`
    王|Wang/Wong|72; 李|Li/Lee/Lei|71; 张|Zhang/Cheung/Chang|68; 刘|Liu/Lau/Lao|54; 陈|Chen/Chan/Tan|45; 杨|Yang/Yeung|31; 黄|Huang/Wong/Hwang|23; 赵|Zhao/Chiu/Chao|23; 吴|Wu/Ng/Goh|20
    周|Zhou/Chow/Chou|20; 徐|Xu/Hsu/Tsui|15; 孙|Sun/Suen|15; 马|Ma/Mah|13; 朱|Zhu/Chu|13; 胡|Hu/Woo|12; 郭|Guo/Kwok/Kuo|11; 何|He/Ho|11; 林|Lin/Lam/Lim|11; 高|Gao/Ko/Kao|10
    罗|Luo/Law/Lo|9; 郑|Zheng/Cheng|8; 梁|Liang/Leung|8; 谢|Xie/Tse/Hsieh|7; 宋|Song/Sung|7; 唐|Tang/Tong|6; 许|Xu/Hui/Hsu|6; 韩|Han/Hon|6; 邓|Deng/Tang/Teng|5; 冯|Feng/Fung|5
    曹|Cao/Tso|5; 彭|Peng/Pang|5; 曾|Zeng/Tsang|5; 肖|Xiao/Siu|5; 田|Tian/Tin|5; 董|Dong/Tung|4; 潘|Pan/Poon|4; 袁|Yuan/Yuen|4; 蔡|Cai/Choi/Tsai|4; 蒋|Jiang/Chiang|4; 余|Yu/Yee|4
    于|Yu|4; 杜|Du/To|4; 叶|Ye/Yip/Yeh|4; 程|Cheng/Ching|4; 魏|Wei/Ngai|4; 苏|Su/So|4; 吕|Lyu/Lu/Lui|4; 丁|Ding/Ting|3; 任|Ren/Yam|3; 卢|Lu/Lo|3; 姚|Yao/Yiu|3; 沈|Shen/Shum|3
    钟|Zhong/Chung|3; 姜|Jiang/Keung|3; 崔|Cui/Chui|3; 谭|Tan/Tam|3; 陆|Lu/Luk|3; 范|Fan|3; 汪|Wang/Wong|3; 廖|Liao/Liu|3; 石|Shi/Shek|3; 金|Jin/Kam|3; 韦|Wei/Wai|2; 贾|Jia/Ka|2
    夏|Xia/Ha|2; 付|Fu|2; 方|Fang/Fong|2; 邹|Zou/Chow|2; 熊|Xiong/Hung|2; 白|Bai/Pak|2; 孟|Meng/Mang|2; 秦|Qin/Chun|2; 邱|Qiu/Yau|2; 江|Jiang/Kong|2; 欧阳|Ouyang/Auyeung|0.5; 司马|Sima|0.1`),
  olderMen: nameParts(`
    建国|Jianguo; 建华|Jianhua; 志强|Zhiqiang; 国强|Guoqiang; 建军|Jianjun; 志明|Zhiming; 伟|Wei; 军|Jun; 勇|Yong; 国华|Guohua; 明|Ming; 建平|Jianping; 卫东|Weidong; 海涛|Haitao; 平|Ping
    文斌|Wenbin; 永强|Yongqiang; 德明|Deming; 玉林|Yulin; 福生|Fusheng; 成林|Chenglin; 振华|Zhenhua; 立新|Lixin; 长江|Changjiang; 国栋|Guodong; 学军|Xuejun; 保国|Baoguo; 庆华|Qinghua; 洪波|Hongbo`),
  youngerMen: nameParts(`
    伟|Wei; 浩然|Haoran; 子轩|Zixuan; 宇航|Yuhang; 俊杰|Junjie; 强|Qiang; 磊|Lei; 鹏|Peng; 杰|Jie; 宇轩|Yuxuan; 明轩|Mingxuan; 博文|Bowen; 天宇|Tianyu; 志远|Zhiyuan; 思远|Siyuan; 晓东|Xiaodong
    超|Chao; 鑫|Xin; 嘉豪|Jiahao; 一鸣|Yiming; 文博|Wenbo; 凯|Kai; 家明|Jiaming; 子涵|Zihan; 瑞|Rui; 泽宇|Zeyu; 晨|Chen; 梓豪|Zihao; 斌|Bin; 飞|Fei; 旭东|Xudong; 锦程|Jincheng; 亮|Liang`),
  olderWomen: nameParts(`
    秀英|Xiuying; 桂英|Guiying; 玉兰|Yulan; 秀兰|Xiulan; 丽|Li; 敏|Min; 静|Jing; 淑珍|Shuzhen; 桂兰|Guilan; 玉梅|Yumei; 红|Hong; 艳|Yan; 秀珍|Xiuzhen; 芳|Fang; 丽华|Lihua; 凤英|Fengying
    建英|Jianying; 春梅|Chunmei; 淑华|Shuhua; 月英|Yueying; 爱华|Aihua; 小红|Xiaohong; 慧|Hui; 玉华|Yuhua; 翠花|Cuihua; 美玲|Meiling; 素芬|Sufen`),
  youngerWomen: nameParts(`
    婷|Ting; 欣怡|Xinyi; 梓涵|Zihan; 雨桐|Yutong; 静|Jing; 佳怡|Jiayi; 诗涵|Shihan; 晓燕|Xiaoyan; 娜|Na; 思琪|Siqi; 雪|Xue; 梦瑶|Mengyao; 慧敏|Huimin; 丽娟|Lijuan; 丹|Dan; 可欣|Kexin; 琳|Lin
    雅婷|Yating; 倩|Qian; 晓雯|Xiaowen; 若曦|Ruoxi; 佳慧|Jiahui; 文静|Wenjing; 莹|Ying; 雨欣|Yuxin; 嘉欣|Jiaxin; 蕾|Lei; 心怡|Xinyi; 晨曦|Chenxi; 悦|Yue; 洁|Jie; 子萱|Zixuan; 楠|Nan`),
} as const;
